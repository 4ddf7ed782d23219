package org.actsandbox.sandbox.edge;

import java.util.List;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/**
 * Calls all filters one after another as a single filter of the framework. Its own chain writes the
 * name of each filter into a text and puts an operator around it, for each request.
 */
@Component
class FilterSequence implements WebHttpHandlerBuilderCustomizer {

  @Override
  public void customize(WebHttpHandlerBuilder builder) {
    builder.filters(
        filters -> {
          var all = List.copyOf(filters);
          filters.clear();
          filters.add((exchange, last) -> new Rest(all, 0, last).call(exchange));
        });
  }

  /**
   * Represents the filters that come next, and what the last of them leads to.
   *
   * @param next the place of the next filter in the list
   */
  private record Rest(List<WebFilter> filters, int next, WebFilterChain last)
      implements WebFilterChain {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange) {
      return next == filters.size() ? last.filter(exchange) : Mono.defer(() -> call(exchange));
    }

    private Mono<Void> call(ServerWebExchange exchange) {
      return filters.get(next).filter(exchange, new Rest(filters, next + 1, last));
    }
  }
}
