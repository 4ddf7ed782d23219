package org.actsandbox.sandbox.psp.endpoint;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves a principal's instruments, wallet and PIN, and the ledger for the operator of the world.
 */
@RestController
@RequestMapping("/w/{world}/psp")
class WalletEndpoints {

  private static final ActComponent COMPONENT = ActComponent.PSD_PMT_BND;

  /** Represents a change of the payment PIN; neither PIN is ever logged. */
  record PinChange(String pin, String newPin) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.pin("pin", pin);
      mistakes.pin("new_pin", newPin);
    }

    @Override
    public String toString() {
      return "PinChange[]";
    }
  }

  record PinChanged(boolean changed) {}

  /**
   * Represents the payment PIN that reactivates an instrument or sub-account; it is never logged.
   */
  record Release(@Nullable String pin) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "Release[]";
    }

    static @Nullable String pin(byte @Nullable [] body) {
      return body == null || body.length == 0
          ? null
          : JsonMessage.parse(body).bind(Release.class).pin();
    }
  }

  /**
   * Lists a principal's own instruments, or all that are bound to an agent.
   *
   * @param principalId limits an agent's list to one principal
   */
  @EndpointSummary("List payment instruments")
  @GetMapping("/instruments")
  Page<Instrument.InstrumentView> instruments(
      Psp psp,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestParam(name = "principal_id", required = false) @Nullable String principalId,
      @RequestParam(required = false) @Nullable String cursor) {
    boolean agent = caller.is(Role.AGENT);
    var page =
        psp.instruments()
            .newest(
                CallerSubjects.owner(caller, principalId),
                agent ? CallerSubjects.agent(caller) : null,
                cursor);
    return new Page<>(
        page.items().stream()
            .map(one -> agent ? psp.shownToAgent(one) : psp.shownToPrincipal(one))
            .toList(),
        page.next());
  }

  @EndpointSummary("Freeze a payment instrument")
  @PostMapping("/instruments/{ref}/freeze")
  Instrument.InstrumentView freeze(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String ref) {
    return psp.shownToPrincipal(psp.instruments().freeze(CallerSubjects.principal(caller), ref));
  }

  @EndpointSummary("Unfreeze a payment instrument with the PIN")
  @WireMessages(takes = Release.class)
  @PostMapping("/instruments/{ref}/unfreeze")
  Instrument.InstrumentView unfreeze(
      Psp psp,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String ref,
      @RequestBody(required = false) byte @Nullable [] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () ->
            psp.shownToPrincipal(
                psp.instruments()
                    .unfreeze(CallerSubjects.principal(caller), ref, Release.pin(body))));
  }

  @EndpointSummary("Cancel a payment instrument")
  @PostMapping("/instruments/{ref}/cancel")
  Instrument.InstrumentView cancel(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String ref) {
    return psp.shownToPrincipal(psp.instruments().cancel(CallerSubjects.principal(caller), ref));
  }

  @EndpointSummary("Change the payment PIN")
  @WireMessages(takes = PinChange.class)
  @PostMapping("/pin")
  PinChanged pin(Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var principal = CallerSubjects.principal(caller);
          var change = JsonMessage.parse(body).bind(PinChange.class);
          psp.pins().change(principal, change.pin(), change.newPin());
          return new PinChanged(true);
        });
  }

  @EndpointSummary("Read the wallet")
  @GetMapping("/wallet")
  Wallet wallet(Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller) {
    var principal = CallerSubjects.principal(caller);
    return Wallet.of(psp.ledger(), principal, psp.pins().state(principal));
  }

  @EndpointSummary("Read the statement of a wallet account")
  @GetMapping("/wallet/statement")
  Page<Ledger.StatementLine> statement(
      Psp psp,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @RequestParam(defaultValue = "balance") String account,
      @RequestParam(required = false) @Nullable String cursor) {
    var principal = CallerSubjects.principal(caller);
    return psp.ledger()
        .statement(AccountNumbers.of(principal, Wallet.requireAccount(account)), cursor);
  }

  /** Represents the balances of all accounts; {@code sum} is zero at any moment. */
  record Books(String sum, List<Line> accounts) {

    record Line(String account, String balance, String currency) {}
  }

  @EndpointSummary("Read the balance of every account of the ledger")
  @GetMapping("/ledger/balance")
  Books books(Psp psp, @AllowedRoles(Role.OPERATOR) Caller caller) {
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
