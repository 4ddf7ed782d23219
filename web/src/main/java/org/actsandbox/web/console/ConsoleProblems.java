package org.actsandbox.web.console;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.exchange.RefusalMapper;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PageRequestArgumentResolver;
import org.actsandbox.web.console.guard.ConsolePaths;
import org.actsandbox.web.console.guard.SessionNeeded;
import org.actsandbox.web.console.login.LoginPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Turns the failure of a page into a page that says what went wrong and what to do next. No other
 * place does so.
 */
@Component
@Order(-10)
class ConsoleProblems implements WebExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleProblems.class);

  /** The section of a page whose frame reads nothing of a world. */
  private static final String UNFRAMED = "shared";

  private final PageRequestArgumentResolver pageRequests;
  private final List<ViewResolver> views;
  private final List<HttpMessageWriter<?>> writers;
  private final Scheduler virtual =
      Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

  ConsoleProblems(
      PageRequestArgumentResolver pageRequests,
      List<ViewResolver> views,
      ServerCodecConfigurer codecs) {
    this.pageRequests = pageRequests;
    this.views = views;
    this.writers = codecs.getWriters();
  }

  /**
   * @param code the code of the sentence in the bundles, {@code problem.<code>}
   * @param expected the value that would have been right; empty when it is not known
   */
  record Trouble(int status, String code, String detail, String expected, String remedy) {

    /**
     * Says what became of the step that failed, as the end of the key of a sentence; empty where
     * the failure itself says so.
     *
     * @param reads whether the request only asked for a page
     */
    String outcome(boolean reads) {
      boolean failed = status >= 500 || status == 429;
      if (reads) {
        return failed ? "read" : "";
      }
      return status >= 500 ? "unknown" : "refused";
    }
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    if (!ConsolePaths.isPage(exchange) || exchange.getResponse().isCommitted()) {
      return Mono.error(failure);
    }
    if (failure instanceof SessionNeeded) {
      return Mono.fromCallable(() -> loginPage(exchange))
          .subscribeOn(virtual)
          .flatMap(response -> response)
          .flatMap(response -> response.writeTo(exchange, new RenderingContext()));
    }
    var trouble = trouble(exchange, failure);
    return Mono.fromCallable(() -> page(exchange, trouble))
        // The frame reads the world, which may be what failed; then the page stands without it.
        .onErrorResume(
            unframed -> {
              LOG.info("a page about a failure has no frame", unframed);
              return Mono.fromCallable(
                  () -> response(pageRequests.pageRequest(exchange), exchange, trouble, UNFRAMED));
            })
        .subscribeOn(virtual)
        .flatMap(response -> response)
        .flatMap(response -> response.writeTo(exchange, new RenderingContext()));
  }

  private Mono<ServerResponse> loginPage(ServerWebExchange exchange) {
    var pageRequest = pageRequests.pageRequest(exchange);
    var response = ServerResponse.status(HttpStatus.UNAUTHORIZED);
    if (pageRequest.isPartial()) {
      // htmx then loads the whole page again, and that request gets the login page.
      return response.header("HX-Refresh", "true").build();
    }
    if (LoginPage.isFromElsewhere(exchange)) {
      response.header("Refresh", "0;url=" + LoginPage.addressToRetry(exchange));
    }
    var page = LoginPage.inPlaceOf(pageRequest);
    return response.render(String.valueOf(page.view()), page.modelAttributes());
  }

  private Mono<ServerResponse> page(ServerWebExchange exchange, Trouble failed) {
    var pageRequest = pageRequests.pageRequest(exchange);
    // Nothing can be found in a world that does not exist: then the page says that the world is
    // gone.
    var trouble =
        failed.status() == 404 && !ConsolePaths.isShared(exchange) && pageRequest.isWorldGone()
            ? new Trouble(404, "world_gone", pageRequest.worldName(), "", "")
            : failed;
    return response(
        pageRequest, exchange, trouble, ConsolePaths.isShared(exchange) ? UNFRAMED : "");
  }

  private static Mono<ServerResponse> response(
      PageRequest pageRequest, ServerWebExchange exchange, Trouble trouble, String section) {
    var partial = pageRequest.isPartial();
    var rendering =
        pageRequest
            .page("console/failure", section)
            .with("failure", trouble)
            .with("outcome", trouble.outcome(reads(exchange)))
            .with("phone", exchange.getRequest().getPath().value().startsWith("/pay/"))
            .with("again", again(exchange, pageRequest.here()))
            .show();
    var response = ServerResponse.status(trouble.status());
    if (partial) {
      // htmx puts a refusal into the page's message area, not into the element that sent the
      // request.
      response.header("HX-Retarget", "#notice").header("HX-Reswap", "innerHTML");
    }
    return response.render(
        partial ? "console/failure :: notice" : "console/failure", rendering.modelAttributes());
  }

  /**
   * Returns where the reader tries again: a page with its query, and for a refused form, whose
   * address shows no page, the page with the form, or the world's first page if the browser does
   * not say which one.
   */
  private static String again(ServerWebExchange exchange, String here) {
    var request = exchange.getRequest();
    if (reads(exchange)) {
      var query = request.getURI().getRawQuery();
      return request.getURI().getRawPath() + (query == null ? "" : "?" + query);
    }
    var referer = request.getHeaders().getFirst(HttpHeaders.REFERER);
    var own = String.valueOf(request.getHeaders().getOrigin());
    if (referer == null || !referer.startsWith(own + "/") || referer.startsWith(own + "//")) {
      return here;
    }
    return referer.substring(own.length());
  }

  private static boolean reads(ServerWebExchange exchange) {
    return exchange.getRequest().getMethod().equals(HttpMethod.GET);
  }

  private static Trouble trouble(ServerWebExchange exchange, Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refused(refusal);
    }
    if (failure instanceof UnexpectedReply refused) {
      return new Trouble(
          refused.status(),
          refused.code(),
          refused.detail(),
          refused.finer("expected"),
          refused.finer("remedy"));
    }
    if (failure instanceof NoAnswerException) {
      return new Trouble(504, Problem.UPSTREAM_TIMEOUT.code(), "", "", "");
    }
    if (failure instanceof ErrorResponse error && error.getStatusCode().is4xxClientError()) {
      var status = error.getStatusCode().value();
      var code =
          switch (status) {
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            default -> Problem.INVALID_FIELD;
          };
      return new Trouble(status, code.code(), "", "", "");
    }
    var unavailable =
        RefusalMapper.of(failure).filter(each -> each.problem() == Problem.UNAVAILABLE);
    if (unavailable.isPresent()) {
      return refused(unavailable.get());
    }
    LOG.error("a page failed: {}", exchange.getRequest().getPath(), failure);
    return new Trouble(500, "bug", exchange.getRequest().getId(), "", "");
  }

  private static Trouble refused(Refusal refusal) {
    return new Trouble(
        refusal.problem().status(),
        refusal.problem().code(),
        refusal.detail(),
        Objects.requireNonNullElse(refusal.expected(), ""),
        Objects.requireNonNullElse(refusal.remedy(), ""));
  }

  private final class RenderingContext implements ServerResponse.Context {
    @Override
    public List<HttpMessageWriter<?>> messageWriters() {
      return writers;
    }

    @Override
    public List<ViewResolver> viewResolvers() {
      return views;
    }
  }
}
