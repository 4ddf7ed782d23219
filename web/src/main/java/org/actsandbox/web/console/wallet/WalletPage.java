package org.actsandbox.web.console.wallet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.ledger.Ledger.StatementLine;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.port.WalletReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.actsandbox.web.console.purchase.MoneyFlow;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows the principal's accounts, payment instruments and account statement. */
@Controller
@RequestMapping("/console/{world}/wallet")
class WalletPage {

  /** Ours: with so many lines of a statement the page is three screens high. */
  private static final int LINES = 20;

  private static final Set<String> MOVES = Set.of("freeze", "unfreeze");

  private final ConsoleApiClient consoleApiClient;
  private final WalletReader walletReader;
  private final PaymentReader paymentReader;
  private final PurchaseTitles purchaseTitles;

  WalletPage(
      ConsoleApiClient consoleApiClient,
      WalletReader walletReader,
      PaymentReader paymentReader,
      PurchaseTitles purchaseTitles) {
    this.paymentReader = paymentReader;
    this.purchaseTitles = purchaseTitles;
    this.consoleApiClient = consoleApiClient;
    this.walletReader = walletReader;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    return show(pageRequest, null);
  }

  private Rendering show(PageRequest pageRequest, @Nullable WalletRefusal refused) {
    var world = pageRequest.world();
    var principal = pageRequest.principal().did().orElseThrow();
    var wanted = pageRequest.query("account");
    var account = wanted == null ? "balance" : wanted;
    var statement =
        walletReader.statement(world, principal, account, pageRequest.query("cursor"), LINES);
    var pageBuilder =
        pageRequest
            .page("console/wallet", "wallet")
            .with("wallet", walletReader.wallet(world, principal))
            .with("account", account)
            .with("instruments", walletReader.instruments(world, principal))
            .with("statement", statement.items())
            .with("bought", bought(pageRequest, statement.items()))
            .with("flow", new MoneyFlow(pageRequest.words()).of(account, statement.items()))
            .with("narrator", new EntryNarrator(pageRequest.words()))
            .with("next", NextPageLink.next(pageRequest, statement.next()))
            .with("refused", refused)
            .with("done", pageRequest.query("done"));
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  /** Says what was bought by the payments of these lines, by their trade numbers. */
  private Map<String, String> bought(PageRequest pageRequest, List<StatementLine> lines) {
    var titles = new HashMap<String, String>();
    var trades =
        lines.stream().flatMap(line -> Stream.ofNullable(line.tradeNo())).distinct().toList();
    for (var tradeNo : trades) {
      var payment = paymentReader.get(pageRequest.world(), pageRequest.principal(), tradeNo);
      purchaseTitles
          .find(
              pageRequest.world(), payment.payee(), payment.merchantOrderNo(), pageRequest.words())
          .ifPresent(title -> titles.put(payment.tradeNo(), title.line()));
    }
    return titles;
  }

  @PostMapping("/instruments/{ref}/{move}")
  Rendering move(
      PageRequest pageRequest,
      @PathVariable String ref,
      @PathVariable String move,
      FormFields form) {
    if (!MOVES.contains(move) || !PathId.isValid(ref)) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such step");
    }
    var pin = form.first("pin");
    try {
      consoleApiClient.post(
          pageRequest.world(),
          pageRequest.principal(),
          "/psp/instruments/" + ref + "/" + move,
          pin == null ? Map.of() : Map.of("pin", pin));
    } catch (UnexpectedReply refusal) {
      if (!WalletRefusal.TRY_AGAIN.contains(refusal.code())) {
        throw refusal;
      }
      return show(pageRequest, new WalletRefusal(ref, refusal.code(), refusal.finer("field")));
    }
    return pageRequest.redirect(pageRequest.here() + "/wallet?done=" + move);
  }
}
