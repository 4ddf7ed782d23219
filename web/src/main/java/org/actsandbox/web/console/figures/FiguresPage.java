package org.actsandbox.web.console.figures;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.psp.trade.Trades.PaymentTotal;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.figures.BarChart.Value;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.purchase.PurchaseTitle;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows the figures of a world as pictures with a table each: all payments of the principal, and
 * what the newest entries of the journal say.
 */
@Controller
class FiguresPage {

  private static final int MOST_WAITING = 5;

  /**
   * Says what is bought by a payment that waits.
   *
   * @param title what is bought; the order's number where no merchant of the world knows it
   */
  private record Waiting(String tradeNo, String title, String sum) {}

  private final PaymentReader paymentReader;
  private final PurchaseTitles purchaseTitles;

  FiguresPage(PaymentReader paymentReader, PurchaseTitles purchaseTitles) {
    this.paymentReader = paymentReader;
    this.purchaseTitles = purchaseTitles;
  }

  @GetMapping("/console/{world}/figures")
  Rendering show(PageRequest pageRequest) {
    var world = pageRequest.world();
    var words = pageRequest.words();
    var figures = JournalFigures.ofNewest(world.journalStore());
    var totals = paymentReader.totals(world, pageRequest.principal());
    var paid = totals.stream().filter(each -> each.status() == PaymentStatus.PAID).toList();
    var back = sum(paid, PaymentTotal::refunded);
    var newest = paymentReader.newest(world, pageRequest.principal(), null).items();
    return pageRequest
        .page("console/figures", "journal")
        .with("entries", figures.entries())
        .with("payments", count(totals))
        .with("paid", count(paid))
        .with("spent", words.yuan(sum(paid, PaymentTotal::amount).toPlainString()))
        .with("back", back.signum() == 0 ? null : words.yuan(back.toPlainString()))
        .with("refused", figures.refusals().values().stream().mapToInt(Integer::intValue).sum())
        .with(
            "waits",
            count(
                totals.stream()
                    .filter(each -> each.status() == PaymentStatus.WAITING_FOR_APPROVAL)
                    .toList()))
        .with("waiting", waiting(pageRequest, newest))
        .with(
            "charts",
            List.of(
                money(words, paid),
                outcomes(words, totals),
                refusals(words, figures),
                latency(words, figures)))
        .show();
  }

  private static int count(List<PaymentTotal> totals) {
    return totals.stream().mapToInt(PaymentTotal::payments).sum();
  }

  private static BigDecimal sum(List<PaymentTotal> totals, Function<PaymentTotal, Money> money) {
    return totals.stream()
        .map(each -> new BigDecimal(money.apply(each).decimal()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<Waiting> waiting(PageRequest pageRequest, List<Payment> payments) {
    return payments.stream()
        .filter(payment -> payment.status() == PaymentStatus.WAITING_FOR_APPROVAL)
        .limit(MOST_WAITING)
        .map(
            payment ->
                new Waiting(
                    payment.tradeNo(),
                    purchaseTitles
                        .find(
                            pageRequest.world(),
                            payment.payee(),
                            payment.merchantOrderNo(),
                            pageRequest.words())
                        .map(PurchaseTitle::line)
                        .orElse(payment.merchantOrderNo()),
                    pageRequest.words().amount(payment.amount(), payment.currency())))
        .toList();
  }

  /** Sums what was paid to each payee and not refunded. */
  private static BarChart money(PageText words, List<PaymentTotal> paid) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    paid.forEach(
        each ->
            sums.merge(
                each.payee().value(),
                new BigDecimal(each.amount().minus(each.refunded()).decimal()),
                BigDecimal::add));
    return BarChart.of(
        "money",
        sums.entrySet().stream()
            .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
            .map(
                each ->
                    new Value(
                        words.text(EntryNarrator.nameOf(each.getKey())),
                        "merchant",
                        words.yuan(each.getValue().toPlainString()),
                        each.getValue().doubleValue()))
            .toList());
  }

  private static BarChart outcomes(PageText words, List<PaymentTotal> totals) {
    Map<PaymentStatus, Integer> counts = new TreeMap<>();
    totals.forEach(each -> counts.merge(each.status(), each.payments(), Integer::sum));
    return BarChart.of(
        "outcomes",
        counts.entrySet().stream()
            .map(
                each ->
                    new Value(
                        words.say("cashier.result." + each.getKey().code()),
                        "psp",
                        String.valueOf(each.getValue()),
                        each.getValue()))
            .toList());
  }

  private static BarChart refusals(PageText words, JournalFigures figures) {
    return BarChart.of(
        "refusals",
        figures.refusals().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(
                each ->
                    new Value(
                        words.sayOr("refusal." + each.getKey(), each.getKey()),
                        "bad",
                        String.valueOf(each.getValue()),
                        each.getValue()))
            .toList());
  }

  /** Shows the time that most answers of each participant took: of twenty answers nineteen. */
  private static BarChart latency(PageText words, JournalFigures figures) {
    return BarChart.of(
        "latency",
        figures.micros().entrySet().stream()
            .sorted(
                Comparator.comparing(
                    (Map.Entry<String, List<Long>> each) ->
                        -JournalFigures.quantile(each.getValue(), 0.95)))
            .map(
                each -> {
                  long most = JournalFigures.quantile(each.getValue(), 0.95);
                  long half = JournalFigures.quantile(each.getValue(), 0.5);
                  return new Value(
                      words.text(EntryNarrator.nameOf(each.getKey())),
                      "agent",
                      words.say("figures.millis", most / 1000.0, half / 1000.0),
                      most);
                })
            .toList());
  }
}
