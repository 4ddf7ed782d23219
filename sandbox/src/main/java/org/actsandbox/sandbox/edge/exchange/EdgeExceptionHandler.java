package org.actsandbox.sandbox.edge.exchange;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.refusal.SignedContent;
import org.actsandbox.sandbox.doctor.act.SentTextCause;
import org.actsandbox.sandbox.edge.access.RequiredControlKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Turns every failure into an answer: RFC 9457 below {@code /api}, the protocol's error object
 * elsewhere. It also handles failures outside the filters, such as an unknown address, before the
 * framework answers in a form of its own.
 */
@Component
@Order(-5)
public class EdgeExceptionHandler implements WebExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(EdgeExceptionHandler.class);

  private static final MediaType GATEWAY_TYPE =
      new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final ExchangeMetrics metrics;

  EdgeExceptionHandler(ExchangeMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
    return write(exchange, thrown);
  }

  /** Writes the answer, unless one has begun already or the caller has hung up. */
  public Mono<Void> write(ServerWebExchange exchange, Throwable thrown) {
    var response = exchange.getResponse();
    if (response.isCommitted()) {
      log.debug("failed after the answer began", thrown);
      return Mono.error(thrown);
    }
    if (thrown instanceof AbortedException) {
      log.debug("the caller hung up before the request was there", thrown);
      return Mono.empty();
    }
    var refusal = RefusalMapper.of(thrown).orElseGet(() -> bug(exchange, thrown));
    metrics.refused(refusal.problem());
    compareSigned(refusal, exchange.getRequest().getHeaders().getFirst(SignedContent.HEADER));
    var path = exchange.getRequest().getPath().value();
    response.setStatusCode(HttpStatusCode.valueOf(status(path, refusal)));
    headers(response.getHeaders(), path, refusal, thrown);
    var method = exchange.getRequest().getMethod().name();
    return response.writeWith(
        Mono.just(response.bufferFactory().wrap(body(method, path, refusal))));
  }

  /** Says how the text that the sender signed differs, and which mistake leads to it. */
  private static void compareSigned(Refusal refusal, @Nullable String sent) {
    refusal.compareSigned(sent);
    var content = refusal.signedContent();
    if (sent != null && content != null) {
      SentTextCause.of(content.canonical(), sent)
          .ifPresent(cause -> refusal.explainSigned(cause.code()));
    }
  }

  /** Returns the error in the form of the surface that the path belongs to. */
  public static byte[] body(String method, String path, Refusal refusal) {
    if (isGateway(path)) {
      return gatewayError(refusal);
    }
    return RequiredControlKey.covers(path)
        ? Json.bytes(problem(path, refusal))
        : Json.bytes(ErrorBody.of(refusal, phase(method, path)).enveloped());
  }

  /** Alipay's gateway answers every failure with status 200 and an object of its own (AIP-114). */
  private static boolean isGateway(String path) {
    return path.endsWith("/gateway.do");
  }

  /** Returns the status of the answer that {@link #body} writes. */
  public static int status(String path, Refusal refusal) {
    return isGateway(path) ? HttpStatus.OK.value() : refusal.problem().status();
  }

  /** Returns the error of a request that did not reach the gateway; so it is not signed. */
  private static byte[] gatewayError(Refusal refusal) {
    boolean failed = refusal.problem().status() >= 500;
    var root =
        Json.object()
            .put("code", failed ? "20000" : "40002")
            .put("msg", failed ? "Service Currently Unavailable" : "Invalid Arguments")
            .put("sub_code", failed ? "isp.unknow-error" : "isv.invalid-parameter")
            .put("sub_msg", refusal.detail());
    return SignedResponse.write(
            SignedResponse.ERROR_ROOT, root, null, SignType.RSA2, StandardCharsets.UTF_8)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static ErrorPhase phase(String method, String path) {
    return ParticipantPath.of(path)
        .map(participantPath -> participantPath.phase(method))
        .orElse(ErrorPhase.REQUIREMENT);
  }

  public static MediaType contentType(String path) {
    if (isGateway(path)) {
      return GATEWAY_TYPE;
    }
    return RequiredControlKey.covers(path)
        ? MediaType.APPLICATION_PROBLEM_JSON
        : MediaType.APPLICATION_JSON;
  }

  /** Returns the refusal behind a failure; empty when the failure is a bug. */
  public static Optional<Refusal> refusal(Throwable thrown) {
    return RefusalMapper.of(thrown);
  }

  private static void headers(HttpHeaders headers, String path, Refusal refusal, Throwable thrown) {
    headers.setContentType(contentType(path));
    headers.remove(HttpHeaders.CONTENT_LENGTH);
    if (thrown instanceof MethodNotAllowedException method) {
      headers.setAllow(method.getSupportedMethods());
    }
    var pause = refusal.retryAfterSeconds();
    if (pause != null) {
      headers.set(HttpHeaders.RETRY_AFTER, pause.toString());
    }
    if (refusal.problem() == Problem.BODY_TOO_LARGE || refusal.problem() == Problem.BODY_TOO_SLOW) {
      // The rest of the body is not read, so the connection cannot be used again.
      headers.set(HttpHeaders.CONNECTION, "close");
    }
    if (refusal.problem() == Problem.KEY_MISSING || refusal.problem() == Problem.KEY_INVALID) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
  }

  private static Map<String, Object> problem(String path, Refusal refusal) {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "urn:act-sandbox:problem:" + refusal.problem().code());
    problem.put("title", refusal.problem().code().replace('_', ' '));
    problem.put("status", refusal.problem().status());
    problem.put("detail", refusal.detail());
    problem.put("instance", path);
    problem.put("code", refusal.problem().code());
    problem.put("help_url", refusal.problem().helpUrl());
    put(problem, "field", refusal.field());
    put(problem, "expected", refusal.expected());
    put(problem, "observed", refusal.observed());
    put(problem, "remedy", refusal.remedy());
    put(problem, "errors", refusal.mistakes().isEmpty() ? null : refusal.mistakes());
    put(problem, "signature", refusal.signature());
    put(problem, "retry_after_seconds", refusal.retryAfterSeconds());
    var rule = refusal.problem().rule();
    if (rule != null) {
      problem.put("rule", rule.number());
      problem.put("rule_url", rule.url());
    }
    return problem;
  }

  private static void put(Map<String, Object> problem, String name, @Nullable Object value) {
    if (value != null) {
      problem.put(name, value);
    }
  }

  private Refusal bug(ServerWebExchange exchange, Throwable thrown) {
    var bytes = new byte[6];
    random.nextBytes(bytes);
    var errorId = "E-" + HexFormat.of().withUpperCase().formatHex(bytes);
    log.error(
        "{} of request {}: {} {} failed",
        errorId,
        RequestLog.idOf(exchange),
        exchange.getRequest().getMethod(),
        exchange.getRequest().getPath().value(),
        thrown);
    return new Refusal(Problem.INTERNAL, "the sandbox failed; error id " + errorId)
        .observed(errorId)
        .remedy("Report the error id with the server's log around it.");
  }
}
