package org.actsandbox.web.console.guard;

import java.net.URI;
import java.util.Set;
import org.actsandbox.protocol.attestation.bundle.BundleArchive;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.AccessPolicy;
import org.actsandbox.sandbox.edge.BoundedBody;
import org.actsandbox.web.console.form.Upload;
import org.actsandbox.web.console.words.LanguageResolver;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Lets a request to a page pass: with the session of a browser that showed the start token or the
 * admin key, from this site, and with the session's own token when it changes something.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
class ConsoleGuard implements WebFilter {

  static final String TOKEN_HEADER = "X-Act-Csrf";
  static final String TOKEN_FIELD = "_csrf";

  /** Of the address that {@code ./run} prints. */
  private static final String START_TOKEN = "token";

  /** As much as the codec of forms reads. */
  static final long MAX_FORM_BYTES = 300L * 1024;

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final ConsoleSessions consoleSessions;
  private final AccessPolicy access;

  ConsoleGuard(ConsoleSessions consoleSessions, AccessPolicy access) {
    this.consoleSessions = consoleSessions;
    this.access = access;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (!ConsolePaths.isPage(exchange)) {
      return chain.filter(exchange);
    }
    if (!ConsolePaths.hasNamesOnly(exchange)) {
      return Mono.error(
          () -> new Refusal(Problem.NOT_FOUND, "there is no such page").at("the address"));
    }
    if (exchange.getRequest().getQueryParams().containsKey(START_TOKEN)) {
      return enter(exchange);
    }
    var known = consoleSessions.of(exchange);
    var session = known.orElseGet(() -> consoleSessions.open(exchange, false));
    consoleSessions.attach(exchange, session);
    LanguageResolver.remember(exchange);
    if (!session.admitted() && !isOpen(exchange)) {
      return Mono.error(SessionNeeded::new);
    }
    if (SAFE.contains(exchange.getRequest().getMethod())) {
      return chain.filter(exchange);
    }
    return bounded(exchange)
        .then(Mono.defer(() -> token(exchange)))
        .filter(token -> known.isPresent() && sameSite(exchange))
        .filter(token -> consoleSessions.isCsrfToken(session, token))
        .switchIfEmpty(Mono.error(ConsoleGuard::forged))
        .flatMap(token -> chain.filter(exchange));
  }

  private static Refusal forged() {
    return new Refusal(Problem.KEY_FORBIDDEN, "the form does not belong to this session")
        .at(TOKEN_FIELD)
        .expected("the token of a page opened in this browser")
        .remedy("open the page again and repeat the step");
  }

  private static Mono<String> token(ServerWebExchange exchange) {
    var header = exchange.getRequest().getHeaders().getFirst(TOKEN_HEADER);
    if (header != null) {
      return Mono.just(header);
    }
    return isUpload(exchange)
        ? exchange
            .getMultipartData()
            .mapNotNull(
                parts ->
                    parts.getFirst(TOKEN_FIELD) instanceof FormFieldPart field
                        ? field.value()
                        : null)
            .onErrorMap(
                DecodingException.class,
                unreadable ->
                    new Refusal(Problem.INVALID_FIELD, String.valueOf(unreadable.getMessage()))
                        .expected("a form with one file"))
        : exchange
            .getFormData()
            .mapNotNull(form -> form.getFirst(TOKEN_FIELD))
            .onErrorMap(ConsoleGuard::isTooLarge, _ -> formTooLarge());
  }

  private static boolean isTooLarge(Throwable failed) {
    return failed instanceof DataBufferLimitException
        || failed.getCause() instanceof DataBufferLimitException;
  }

  private static boolean isUpload(ServerWebExchange exchange) {
    var type = exchange.getRequest().getHeaders().getContentType();
    return type != null && MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type);
  }

  /** A file says how long it is before it is read; a form is counted where it does not. */
  private static Mono<Void> bounded(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    long length = request.getHeaders().getContentLength();
    if (isUpload(exchange)) {
      return length >= 0 && length <= Upload.MAX_BYTES
          ? Mono.empty()
          : BoundedBody.drained(request).then(Mono.error(ConsoleGuard::fileTooLarge));
    }
    return length <= MAX_FORM_BYTES
        ? Mono.empty()
        : BoundedBody.drained(request).then(Mono.error(ConsoleGuard::formTooLarge));
  }

  private static Refusal fileTooLarge() {
    return new Refusal(Problem.BODY_TOO_LARGE, "the file is too large")
        .expected("at most " + BundleArchive.MAX_BYTES + " bytes");
  }

  private static Refusal formTooLarge() {
    return new Refusal(Problem.BODY_TOO_LARGE, "the form is too large")
        .expected("at most " + MAX_FORM_BYTES + " bytes")
        .remedy("Go back and send less.");
  }

  /** Browsers say where a request comes from; a page of another site has no business here. */
  private static boolean sameSite(ServerWebExchange exchange) {
    var site = exchange.getRequest().getHeaders().getFirst("Sec-Fetch-Site");
    return site == null || site.equals("same-origin");
  }

  private static boolean isOpen(ServerWebExchange exchange) {
    return ConsolePaths.isShared(exchange)
        || exchange.getRequest().getPath().value().equals(ConsolePaths.LOGIN);
  }

  /**
   * Takes the start token out of the address, whether it is the right one or not: what stands there
   * ends up in histories, bookmarks and the next page's Referer.
   */
  private Mono<Void> enter(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    var shown = request.getQueryParams().getFirst(START_TOKEN);
    var rest =
        UriComponentsBuilder.fromUri(request.getURI())
            .scheme(null)
            .host(null)
            .port(null)
            .replaceQueryParam(START_TOKEN)
            .build(true)
            .toUriString();
    var back = ConsolePaths.local(rest);
    var admitted = shown != null && access.admits(shown);
    if (admitted) {
      consoleSessions.open(exchange, true);
    }
    var response = exchange.getResponse();
    response.setStatusCode(HttpStatus.SEE_OTHER);
    response.getHeaders().set(SecurityHeaders.REFERRER_POLICY, "no-referrer");
    response
        .getHeaders()
        .setLocation(
            URI.create(admitted ? back : ConsolePaths.loginLeadingTo(back) + "&refused=1"));
    return response.setComplete();
  }
}
