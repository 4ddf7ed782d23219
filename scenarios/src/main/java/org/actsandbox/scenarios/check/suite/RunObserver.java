package org.actsandbox.scenarios.check.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.check.exchange.CheckExchange;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckSentence;

/**
 * Reads every answer of a run as it comes and keeps what is wrong with it, the first few of each
 * kind, so that a long run costs no memory.
 */
public final class RunObserver {

  private static final int KEPT = 5;
  private static final String NAME = "observer";

  private final List<CheckSentence> stackTraces = new ArrayList<>();
  private final List<CheckSentence> secrets = new ArrayList<>();
  private final List<CheckSentence> errors = new ArrayList<>();
  private final List<CheckSentence> messages = new ArrayList<>();
  private final List<CheckSentence> headers = new ArrayList<>();
  private final Set<String> keys;

  private RunObserver(Set<String> keys) {
    this.keys = keys;
  }

  /** Begins to read the answers of a run. */
  public static void begin(CheckContext context) {
    var keys = context.world().target().keys();
    var secret =
        Stream.concat(
                Stream.of(keys.principal(), keys.operator()), keys.merchants().values().stream())
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
    var observer = new RunObserver(secret);
    context.once(NAME, () -> observer);
    context.client().observe(observer::read);
  }

  static RunObserver of(CheckContext context) {
    return context.once(
        NAME,
        () -> {
          throw new IllegalStateException("the run is not observed");
        });
  }

  private synchronized void read(CheckExchange exchange) {
    var reply = exchange.reply();
    if (reply == null) {
      return;
    }
    var text = reply.text();
    if (HttpChecks.isStackTrace(text)) {
      keep(stackTraces, exchange, CheckSentence.of("has a stack trace"));
    }
    var sent = exchange.headers().getOrDefault("Authorization", "");
    if (keys.stream().anyMatch(text::contains)
        || (sent.length() > 20 && text.contains(sent.substring("Bearer ".length())))) {
      keep(secrets, exchange, CheckSentence.of("has a key in it"));
    }
    if (reply.status() >= 400 && reply.json().path("error").isObject()) {
      validate(errors, exchange, "error", reply);
    }
    schemaOf(exchange, reply).ifPresent(schema -> validate(messages, exchange, schema, reply));
    header(exchange, reply, A402Headers.PAYMENT_NEEDED, "needed");
    header(exchange, reply, A402Headers.PAYMENT_VALIDATION, "validation");
  }

  private static java.util.Optional<String> schemaOf(CheckExchange exchange, Reply reply) {
    if (reply.status() >= 300) {
      return java.util.Optional.empty();
    }
    var path = exchange.target().getPath();
    return java.util.Optional.ofNullable(
        path.endsWith("/.well-known/agent-card.json")
            ? "card"
            : path.endsWith("/catalog")
                ? "catalog"
                : path.endsWith("/intents")
                    ? "offers"
                    : path.endsWith("/carts") || path.matches(".*/orders/[^/]+(/cancel)?")
                        ? "order"
                        : null);
  }

  private void header(CheckExchange exchange, Reply reply, String name, String schema) {
    reply
        .answer()
        .header(name)
        .ifPresent(
            value -> {
              try {
                var problems = WireSchemas.problems(schema, A402Headers.decode(name, value));
                problems.forEach(
                    problem -> keep(headers, exchange, CheckSentence.of("{0} {1}", name, problem)));
              } catch (Refusal unreadable) {
                keep(
                    headers, exchange, CheckSentence.said(String.valueOf(unreadable.getMessage())));
              }
            });
  }

  private static void validate(
      List<CheckSentence> kept, CheckExchange exchange, String schema, Reply reply) {
    WireSchemas.problems(schema, reply.json()).forEach(problem -> keep(kept, exchange, problem));
  }

  private static void keep(
      List<CheckSentence> kept, CheckExchange exchange, CheckSentence problem) {
    if (kept.size() < KEPT) {
      kept.add(CheckSentence.of("{0}: {1}", exchange.title(), problem));
    }
  }

  synchronized List<CheckSentence> stackTraces() {
    return List.copyOf(stackTraces);
  }

  synchronized List<CheckSentence> secrets() {
    return List.copyOf(secrets);
  }

  synchronized List<CheckSentence> errors() {
    return List.copyOf(errors);
  }

  synchronized List<CheckSentence> messages() {
    return List.copyOf(messages);
  }

  synchronized List<CheckSentence> headers() {
    return List.copyOf(headers);
  }
}
