package org.actsandbox.web.console.play;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.endpoint.Wallet;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;

/**
 * Holds the state of a world at the end of its scenario, as far as it is compared with another one:
 * orders, payments, money and refusals. Lines of two states are equal where nothing differs.
 *
 * @param orders merchant, status, total and currency of each order
 * @param payments payee, status, amount and currency of each payment
 * @param money account and amount
 * @param refusals codes of the refusals, each once, in alphabetical order
 * @param messages exchanges between participants
 */
public record EndState(
    List<Line> orders,
    List<Line> payments,
    List<Line> money,
    List<String> refusals,
    long messages) {

  private static final int MOST_ORDERS = 50;

  /**
   * Is one compared order, payment, balance, refusal or count.
   *
   * @param subject merchant id, payee's DID or account
   * @param status state of the order or payment; empty for money
   */
  public record Line(String subject, String status, String amount, String currency) {

    /** Returns the name of the payee; only for a payment. */
    public Text payee() {
      return EntryNarrator.nameOf(subject);
    }
  }

  static EndState of(World world) {
    var psp = world.participant(Psp.class);
    var orders =
        world.participant(Merchants.class).all().stream()
            .flatMap(
                each -> each.orders().newest(OrderFilter.ALL, null, MOST_ORDERS).items().stream())
            .map(
                order ->
                    new Line(
                        order.merchantId(), order.status().name(), order.total(), order.currency()))
            .sorted(Comparator.comparing(Line::toString))
            .toList();
    var payments =
        world.principals().dids().stream()
            .map(each -> new Caller(Role.PRINCIPAL, each))
            .flatMap(each -> psp.payments().list(each, null, null).items().stream())
            .map(
                trade ->
                    new Line(
                        trade.payee(), trade.status().code(), trade.amount(), trade.currency()))
            .sorted(Comparator.comparing(Line::toString))
            .toList();
    var money =
        world.principals().dids().stream().flatMap(each -> money(world, psp, each)).toList();
    return counted(world, orders, payments, money);
  }

  private static Stream<Line> money(World world, Psp psp, Did principal) {
    var of = world.principals().hasSeveral() ? " " + principal.name() : "";
    return Wallet.of(psp.ledger(), principal, psp.pins().state(principal)).accounts().stream()
        .map(account -> new Line(account.account() + of, "", account.amount(), account.currency()));
  }

  private static EndState counted(
      World world, List<Line> orders, List<Line> payments, List<Line> money) {
    var refusals = new TreeSet<String>();
    long messages = 0;
    long after = 0;
    var journal = world.journalStore();
    for (var page = journal.read(JournalQuery.after(0, JournalQuery.MAX_LIMIT));
        !page.isEmpty();
        page = journal.read(JournalQuery.after(after, JournalQuery.MAX_LIMIT))) {
      for (var entry : page) {
        after = entry.seq();
        if (entry.kind() == Kind.EXCHANGE) {
          var journalExchange = Json.read(entry.data(), JournalExchange.class);
          messages += journalExchange.role().equalsIgnoreCase(Role.OPERATOR.name()) ? 0 : 1;
          code(journalExchange).ifPresent(refusals::add);
        }
      }
    }
    return new EndState(orders, payments, money, List.copyOf(refusals), messages);
  }

  private static Optional<String> code(JournalExchange journalExchange) {
    var body = journalExchange.responseBody();
    if (journalExchange.status() < 400 || body == null || body.json() == null) {
      return Optional.empty();
    }
    var code =
        body.json().at("/error/details/code").asString(body.json().path("code").asString(""));
    return code.isEmpty() ? Optional.empty() : Optional.of(code);
  }
}
