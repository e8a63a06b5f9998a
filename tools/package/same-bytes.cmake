# A package is the same bytes whenever it is made: its times are the version's.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} "${CPACK_LACUNA_EPOCH}")
endif()
