package org.actsandbox.web.console.play;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.sandbox.external.order.ExternalOrderStates;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.psp.endpoint.Wallet;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.MerchantReader;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.port.WalletReader;
import org.springframework.stereotype.Component;

/** Reads the state in which a scenario left its world. */
@Component
class EndStateReader {

  private static final int MOST_ORDERS = 50;

  private final MerchantReader merchantReader;
  private final PaymentReader paymentReader;
  private final WalletReader walletReader;

  EndStateReader(
      MerchantReader merchantReader, PaymentReader paymentReader, WalletReader walletReader) {
    this.merchantReader = merchantReader;
    this.paymentReader = paymentReader;
    this.walletReader = walletReader;
  }

  EndState read(World world) {
    var orders =
        Stream.concat(
                merchantReader.profiles(world).stream()
                    .flatMap(
                        each ->
                            merchantReader
                                .orders(world, each.id(), null, MOST_ORDERS)
                                .items()
                                .stream()),
                new ExternalOrderStates(world)
                        .newest(new OrderFilter(world.agent(), null), null, null, MOST_ORDERS)
                        .items()
                        .stream())
            .map(
                order ->
                    new EndState.Line(
                        order.merchantId(), order.status().name(), order.total(), order.currency()))
            .sorted(Comparator.comparing(EndState.Line::toString))
            .toList();
    var trades =
        world.principals().dids().stream()
            .map(each -> new Caller(Role.PRINCIPAL, each))
            .flatMap(each -> paymentReader.newest(world, each, null).items().stream())
            .toList();
    var payments =
        trades.stream()
            .map(
                trade ->
                    new EndState.Line(
                        trade.payee(), trade.status().code(), trade.amount(), trade.currency()))
            .sorted(Comparator.comparing(EndState.Line::toString))
            .toList();
    var money =
        world.principals().dids().stream()
            .flatMap(each -> money(world, walletReader.wallet(world, each), each))
            .toList();
    return counted(world, orders, payments, refunds(trades), money);
  }

  private static List<EndState.Line> refunds(List<Payment> trades) {
    return trades.stream()
        .flatMap(
            trade ->
                Stream.ofNullable(trade.refunded())
                    .filter(amount -> Money.of(amount, trade.currency()).minorUnits() > 0)
                    .map(amount -> new EndState.Line(trade.payee(), "", amount, trade.currency())))
        .sorted(Comparator.comparing(EndState.Line::toString))
        .toList();
  }

  /** Returns all that the principals own in yuan: their balances, and what their cards can pay. */
  Money funds(World world) {
    return world.principals().dids().stream()
        .flatMap(each -> walletReader.wallet(world, each).accounts().stream())
        .filter(account -> account.currency().equals(Money.CNY.getCurrencyCode()))
        .map(account -> Money.yuan(account.amount()))
        .reduce(Money.zero(Money.CNY), Money::plus);
  }

  private static Stream<EndState.Line> money(World world, Wallet wallet, Did principal) {
    var of = world.principals().hasSeveral() ? " " + principal.name() : "";
    return wallet.accounts().stream()
        .map(
            account ->
                new EndState.Line(
                    account.account() + of, "", account.amount(), account.currency()));
  }

  private static EndState counted(
      World world,
      List<EndState.Line> orders,
      List<EndState.Line> payments,
      List<EndState.Line> refunds,
      List<EndState.Line> money) {
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
    return new EndState(orders, payments, refunds, money, List.copyOf(refusals), messages);
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
