package org.actsandbox.web.console.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.ErrorCategory;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.decoder.HostileText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds attempts in the messages of a run, in their order, each once. */
public final class AttemptFinder {

  /** Ours: so many are shown at once. */
  private static final int MOST = 8;

  private static final Pattern PIECES =
      Pattern.compile("\\bbuy (\\d{1,3})\\b|购买 ?(\\d{1,3}) ?[件个张]");

  private final List<Attempt> found = new ArrayList<>();

  private final String lang;

  private AttemptFinder(String lang) {
    this.lang = lang;
  }

  /**
   * Finds attempts.
   *
   * @param lang of a text in two languages, the one that is quoted
   */
  public static List<Attempt> in(List<JournalEntry> entries, String lang) {
    var finder = new AttemptFinder(lang);
    entries.stream().filter(entry -> entry.kind() == Kind.EXCHANGE).forEach(finder::read);
    return List.copyOf(finder.found);
  }

  private void read(JournalEntry entry) {
    var exchange = EntryNarrator.exchangeOf(entry);
    var answer = json(exchange.responseBody());
    if (entry.peer() == null || answer == null) {
      return;
    }
    var operation = Operation.find(exchange.method(), exchange.path());
    if (exchange.status() < 400) {
      if (operation == Operation.INTENT) {
        texts(entry.seq(), entry.peer(), answer, answer);
      }
    } else if (operation == Operation.CART && code(answer).equals(Problem.PRICE_CHANGED.code())) {
      dearerCart(entry, answer);
    } else if (operation == Operation.PAY
        || operation == Operation.DELEGATED
        || operation == Operation.AUTONOMOUS) {
      refusedPayment(entry, json(exchange.requestBody()), code(answer));
    }
  }

  private static @Nullable JsonNode json(JournalExchange.@Nullable Body body) {
    return body == null ? null : body.json();
  }

  /**
   * Walks through an answer.
   *
   * @param thing the innermost object with a price
   */
  private void texts(long seq, String by, JsonNode node, JsonNode thing) {
    if (node.isString() && HostileText.isIn(node.stringValue())) {
      add(instruction(seq, by, node.stringValue(), thing));
    }
    if (node.has(lang) && HostileText.isIn(node.path(lang).asString(""))) {
      texts(seq, by, node.path(lang), thing);
      return;
    }
    var inner = node.has("total") ? node : thing;
    node.forEach(each -> texts(seq, by, each, inner));
  }

  private static Attempt instruction(long seq, String by, String text, JsonNode thing) {
    var matcher = PIECES.matcher(text);
    int pieces =
        matcher.find()
            ? Integer.parseInt(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
            : 0;
    var stake =
        amount(thing.path("total").asString(""))
            .map(total -> pieces == 0 ? total : total.times(pieces))
            .map(total -> perPiece(total, thing.path("quantity").asInt(1)))
            .map(Money::decimal)
            .orElse("");
    return new Attempt(seq, Attempt.Kind.INSTRUCTION, by, text, by, pieces, stake);
  }

  private static Money perPiece(Money total, int quantity) {
    return quantity <= 1 ? total : Money.fen(total.minorUnits() / quantity);
  }

  private void dearerCart(JournalEntry entry, JsonNode answer) {
    var asked = amount(detail(answer, "expected"));
    var seen = amount(detail(answer, "observed"));
    if (entry.peer() == null || asked.isEmpty() || seen.isEmpty()) {
      return;
    }
    if (asked.get().moreThan(seen.get())) {
      add(
          new Attempt(
              entry.seq(),
              Attempt.Kind.DEARER_CART,
              entry.peer(),
              seen.get().decimal() + "|" + asked.get().decimal(),
              entry.peer(),
              0,
              asked.get().minus(seen.get()).decimal()));
    }
  }

  /** A payment that only lacks money is no attempt; one that breaks a rule of authority is. */
  private void refusedPayment(JournalEntry entry, @Nullable JsonNode request, String code) {
    boolean hostile =
        Arrays.stream(Problem.values())
            .filter(problem -> problem.code().equals(code))
            .map(Problem::category)
            .filter(
                category ->
                    category == ErrorCategory.SIGNATURE_VALIDATION
                        || category == ErrorCategory.PARTICIPANT_IDENTITY
                        || category == ErrorCategory.AUTHORIZATION_RISK)
            .findFirst()
            .isPresent();
    if (request == null || !(hostile || code.equals(Problem.BILL_MISMATCH.code()))) {
      return;
    }
    add(
        new Attempt(
            entry.seq(),
            Attempt.Kind.REFUSED_PAYMENT,
            entry.actor(),
            code,
            request.path("payee").asString(""),
            0,
            amount(request.path("amount").asString("")).map(Money::decimal).orElse("")));
  }

  private void add(Attempt attempt) {
    if (found.size() < MOST && found.stream().noneMatch(attempt::isLike)) {
      found.add(attempt);
    }
  }

  private static String code(JsonNode answer) {
    return detail(answer, "code");
  }

  private static String detail(JsonNode answer, String name) {
    return answer.at("/error/details/" + name).asString(answer.path(name).asString(""));
  }

  private static Optional<Money> amount(String decimal) {
    return decimal.matches("\\d{1,9}(\\.\\d{1,2})?")
        ? Optional.of(Money.yuan(decimal))
        : Optional.empty();
  }
}
