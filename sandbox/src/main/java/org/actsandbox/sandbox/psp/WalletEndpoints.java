package org.actsandbox.sandbox.psp;

import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.OnlyFor;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.ledger.Accounts;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.ledger.Wallet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A principal's side: instruments, wallet, PIN; and the books for whoever runs the world. */
@RestController
@RequestMapping("/w/{world}/psp")
class WalletEndpoints {

  private static final ActComponent COMPONENT = ActComponent.PSD_PMT_BND;

  /** A new payment PIN; neither is ever logged. */
  record PinChange(String pin, String newPin) {

    @Override
    public String toString() {
      return "PinChange[]";
    }
  }

  record PinChanged(boolean changed) {}

  /** The payment PIN, which releases what lets money go again; it is never logged. */
  record Release(@Nullable String pin) {

    @Override
    public String toString() {
      return "Release[]";
    }

    static @Nullable String pin(byte @Nullable [] body) {
      return body == null || body.length == 0
          ? null
          : Message.parse(body).bind(Release.class).pin();
    }
  }

  /**
   * A principal's own; of an agent all that are bound to it, or one principal's of them.
   *
   * @param principalId for agents that act for several
   */
  @Summary("List payment instruments")
  @GetMapping("/instruments")
  Page<Instrument.Shown> instruments(
      Psp psp,
      @OnlyFor({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestParam(name = "principal_id", required = false) @Nullable String principalId,
      @RequestParam(required = false) @Nullable String cursor) {
    boolean agent = caller.is(Role.AGENT);
    var page =
        psp.instruments()
            .newest(
                Callers.whose(caller, principalId), agent ? Callers.agent(caller) : null, cursor);
    return new Page<>(
        page.items().stream()
            .map(one -> agent ? psp.shownToAgent(one) : psp.shownToPrincipal(one))
            .toList(),
        page.next());
  }

  @Summary("Freeze a payment instrument")
  @PostMapping("/instruments/{ref}/freeze")
  Instrument.Shown freeze(
      Psp psp, @OnlyFor(Role.PRINCIPAL) Caller caller, @PathVariable String ref) {
    return psp.shownToPrincipal(psp.instruments().freeze(Callers.principal(caller), ref));
  }

  @Summary("Unfreeze a payment instrument with the PIN")
  @OnTheWire(takes = Release.class)
  @PostMapping("/instruments/{ref}/unfreeze")
  Instrument.Shown unfreeze(
      Psp psp,
      @OnlyFor(Role.PRINCIPAL) Caller caller,
      @PathVariable String ref,
      @RequestBody(required = false) byte @Nullable [] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () ->
            psp.shownToPrincipal(
                psp.instruments().unfreeze(Callers.principal(caller), ref, Release.pin(body))));
  }

  @Summary("Cancel a payment instrument")
  @PostMapping("/instruments/{ref}/cancel")
  Instrument.Shown cancel(
      Psp psp, @OnlyFor(Role.PRINCIPAL) Caller caller, @PathVariable String ref) {
    return psp.shownToPrincipal(psp.instruments().cancel(Callers.principal(caller), ref));
  }

  @Summary("Change the payment PIN")
  @OnTheWire(takes = PinChange.class)
  @PostMapping("/pin")
  PinChanged pin(Psp psp, @OnlyFor(Role.PRINCIPAL) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var principal = Callers.principal(caller);
          var change = Message.parse(body).bind(PinChange.class);
          psp.pins().change(principal, change.pin(), change.newPin());
          return new PinChanged(true);
        });
  }

  @Summary("Read the wallet")
  @GetMapping("/wallet")
  Wallet wallet(Psp psp, @OnlyFor(Role.PRINCIPAL) Caller caller) {
    var principal = Callers.principal(caller);
    return Wallet.of(psp.ledger(), principal, psp.pins().state(principal));
  }

  @Summary("Read the statement of a wallet account")
  @GetMapping("/wallet/statement")
  Page<Ledger.StatementLine> statement(
      Psp psp,
      @OnlyFor(Role.PRINCIPAL) Caller caller,
      @RequestParam(defaultValue = "balance") String account,
      @RequestParam(required = false) @Nullable String cursor) {
    var principal = Callers.principal(caller);
    return psp.ledger().statement(Accounts.of(principal, Wallet.requireAccount(account)), cursor);
  }

  /** {@code sum} is zero at any moment. */
  record Books(String sum, List<Line> accounts) {

    record Line(String account, String balance, String currency) {}
  }

  @Summary("Read the balance of every account of the ledger")
  @GetMapping("/ledger/balance")
  Books books(Psp psp, @OnlyFor(Role.OPERATOR) Caller caller) {
    return new Books(
        psp.ledger().sum(),
        psp.ledger().all().stream()
            .map(
                account ->
                    new Books.Line(
                        account.accountNo(),
                        account.decimal(),
                        account.currency().getCurrencyCode()))
            .toList());
  }
}
