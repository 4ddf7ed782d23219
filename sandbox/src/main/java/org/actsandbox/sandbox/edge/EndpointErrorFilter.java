package org.actsandbox.sandbox.edge;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.actsandbox.protocol.time.WorkScope;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Gives each endpoint a {@link WorkScope}, and answers a request whose endpoint ended with an
 * {@link Error}. Reactor throws a virtual machine error or a linkage error past all its operators,
 * so without this filter neither an answer nor an entry of the journal would follow, and the caller
 * would wait until it gives up. The error ends the thread of this request and nothing else, so the
 * server keeps serving.
 *
 * <p>It is the filter nearest to the endpoints: all other filters see an ordinary failure.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EndpointErrorFilter implements WebFilter {

  /** Represents the end of a request by an error that is not an exception. */
  static final class EndpointErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndpointErrorException(Error error) {
      super("the endpoint ended with " + error.getClass().getSimpleName(), error);
    }
  }

  private static final class ErrorSink {

    private final Sinks.One<Void> sink = Sinks.one();

    Mono<Void> thrown() {
      return sink.asMono();
    }

    void add(Error error) {
      sink.tryEmitError(new EndpointErrorException(error));
    }
  }

  private final String hook = getClass().getName() + '@' + System.identityHashCode(this);

  /** Catches the error on the virtual threads on which endpoints run. */
  @PostConstruct
  void watchThreads() {
    Schedulers.onScheduleHook(hook, EndpointErrorFilter::watched);
  }

  @PreDestroy
  void leaveThreads() {
    Schedulers.resetOnScheduleHook(hook);
  }

  private static Runnable watched(Runnable task) {
    if (task instanceof CoreSubscriber<?> subscriber) {
      ErrorSink errors = subscriber.currentContext().getOrDefault(ErrorSink.class, null);
      if (errors != null) {
        return () -> {
          try {
            WorkScope.run(task);
          } catch (Error error) {
            errors.add(error);
          }
        };
      }
    }
    return task;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var errors = new ErrorSink();
    Mono<Void> answer =
        Mono.from(
            subscriber -> {
              try {
                chain.filter(exchange).subscribe(subscriber);
              } catch (Error error) {
                errors.add(error);
              }
            });
    return Mono.firstWithSignal(errors.thrown(), answer)
        .contextWrite(context -> context.put(ErrorSink.class, errors));
  }
}
