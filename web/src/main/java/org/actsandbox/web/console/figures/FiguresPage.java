package org.actsandbox.web.console.figures;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
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
 * Shows the figures of a world as pictures with a table each: the principal's newest payments, and
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
    var payments = paymentReader.newest(world, pageRequest.principal(), null).items();
    var paid = payments.stream().filter(FiguresPage::isPaid).toList();
    var back = paid.stream().map(FiguresPage::refunded).reduce(BigDecimal.ZERO, BigDecimal::add);
    return pageRequest
        .page("console/figures", "journal")
        .with("entries", figures.entries())
        .with("payments", payments.size())
        .with("paid", paid.size())
        .with("spent", words.yuan(sum(paid).toPlainString()))
        .with("back", back.signum() == 0 ? null : words.yuan(back.toPlainString()))
        .with("refused", figures.refusals().values().stream().mapToInt(Integer::intValue).sum())
        .with("waiting", waiting(pageRequest, payments))
        .with(
            "charts",
            List.of(
                money(words, paid),
                outcomes(words, payments),
                refusals(words, figures),
                latency(words, figures)))
        .show();
  }

  private static boolean isPaid(Payment payment) {
    return payment.status() == PaymentStatus.PAID;
  }

  private static BigDecimal sum(List<Payment> payments) {
    return payments.stream()
        .map(payment -> new BigDecimal(payment.amount()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal refunded(Payment payment) {
    return payment.refunded() == null ? BigDecimal.ZERO : new BigDecimal(payment.refunded());
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
  private static BarChart money(PageText words, List<Payment> paid) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    paid.forEach(
        payment ->
            sums.merge(
                payment.payee(),
                new BigDecimal(payment.amount()).subtract(refunded(payment)),
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

  private static BarChart outcomes(PageText words, List<Payment> payments) {
    Map<PaymentStatus, Integer> counts = new TreeMap<>();
    payments.forEach(payment -> counts.merge(payment.status(), 1, Integer::sum));
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
