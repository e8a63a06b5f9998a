// The gaps of a map, as a program of somebody else asks for them.
#include <exception>
#include <iostream>

#include <lacuna/analysis.hpp>
#include <lacuna/render.hpp>
#include <lacuna/store.hpp>
#include <lacuna/version.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    const lacuna::Store store(argv[1]);
    const lacuna::Graph graph = store.graph(lacuna::Store::Texts::skip);
    lacuna::Params params;
    params.profile = &lacuna::default_profile();
    params.as_of = lacuna::today();
    params.evidence = false;
    std::cerr << "lacuna " << lacuna::version << '\n';
    std::cout << lacuna::render_table(lacuna::query_gaps(graph, params), {});
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
