package org.actsandbox.web.console.guard;

import java.net.URI;
import java.util.Set;
import org.actsandbox.protocol.attestation.bundle.BundleArchive;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.access.AccessPolicy;
import org.actsandbox.sandbox.edge.exchange.BoundedBody;
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
 * Lets a request to a page pass only if it has the session of a browser that showed the start token
 * or the admin key, and, when it changes something, if it comes from this site and has the
 * session's own form token.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
class ConsoleGuard implements WebFilter {

  static final String TOKEN_HEADER = "X-Act-Csrf";
  static final String TOKEN_FIELD = "_csrf";

  /** The query parameter of the address that {@code ./run} prints. */
  private static final String START_TOKEN = "token";

  /** The limit of the codec that reads forms. */
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
      return logIn(exchange);
    }
    var existing = consoleSessions.of(exchange);
    var session = existing.orElseGet(() -> consoleSessions.open(exchange, false));
    consoleSessions.attach(exchange, session);
    LanguageResolver.remember(exchange);
    if (!session.admitted() && !isOpen(exchange)) {
      return Mono.error(SessionNeeded::new);
    }
    if (SAFE.contains(exchange.getRequest().getMethod())) {
      return chain.filter(exchange);
    }
    return checkLength(exchange)
        .then(Mono.defer(() -> token(exchange)))
        .filter(token -> existing.isPresent() && isSameSite(exchange))
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

  /**
   * Checks the length of the request. An upload must declare its length before it is read; a form
   * without a length is counted while it is read.
   */
  private static Mono<Void> checkLength(ServerWebExchange exchange) {
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

  /**
   * Tells whether a request comes from a page of this site, as far as the browser says it. Pages of
   * other sites are not allowed to send forms.
   */
  private static boolean isSameSite(ServerWebExchange exchange) {
    var site = exchange.getRequest().getHeaders().getFirst("Sec-Fetch-Site");
    return site == null || site.equals("same-origin");
  }

  private static boolean isOpen(ServerWebExchange exchange) {
    return ConsolePaths.isShared(exchange)
        || exchange.getRequest().getPath().value().equals(ConsolePaths.LOGIN);
  }

  /**
   * Logs the browser in with the start token of the address, and takes the token out of the
   * address, also a wrong one: an address ends up in histories, bookmarks and the next page's
   * Referer.
   */
  private Mono<Void> logIn(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    var token = request.getQueryParams().getFirst(START_TOKEN);
    var remaining =
        UriComponentsBuilder.fromUri(request.getURI())
            .scheme(null)
            .host(null)
            .port(null)
            .replaceQueryParam(START_TOKEN)
            .build(true)
            .toUriString();
    var back = ConsolePaths.local(remaining);
    var admitted = token != null && access.admits(token);
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
