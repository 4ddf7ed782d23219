package org.actsandbox.sandbox.psp.endpoint;

import java.util.Map;
import java.util.function.Function;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.subaccount.SubAccount;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves agents' sub-accounts (ACT PSD-2): the principal opens and closes them, the agent pays with
 * them.
 */
@RestController
@RequestMapping("/w/{world}/psp/sub-accounts")
class SubAccountEndpoints {

  private static final ActComponent COMPONENT = ActComponent.PSD_AGT_SUB;

  @EndpointSummary("Open an agent sub-account")
  @WireMessages(takes = SubAccounts.Opening.class)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  SubAccounts.SubAccountView open(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @RequestBody byte[] body) {
    return asPrincipal(
        psp,
        caller,
        principal ->
            psp.subAccounts()
                .open(principal, JsonMessage.parse(body).bind(SubAccounts.Opening.class)));
  }

  @EndpointSummary("List agent sub-accounts")
  @GetMapping
  Page<SubAccounts.SubAccountView> list(
      Psp psp,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @RequestParam(name = "principal_id", required = false) @Nullable String principalId,
      @RequestParam(required = false) @Nullable String cursor) {
    return psp.subAccounts()
        .newest(
            CallerSubjects.owner(caller, principalId),
            caller.is(Role.AGENT) ? CallerSubjects.agent(caller) : null,
            cursor);
  }

  @EndpointSummary("Read an agent sub-account")
  @GetMapping("/{id}")
  SubAccounts.SubAccountView get(
      Psp psp, @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller, @PathVariable String id) {
    return psp.subAccounts().view(ownAccount(psp, caller, id));
  }

  /** Lists what was paid in and out, newest first. */
  @EndpointSummary("Read the statement of an agent sub-account")
  @GetMapping("/{id}/statement")
  Page<Ledger.StatementLine> statement(
      Psp psp,
      @AllowedRoles({Role.PRINCIPAL, Role.AGENT}) Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String cursor) {
    return psp.ledger().statement(ownAccount(psp, caller, id).account(), cursor);
  }

  private static SubAccount ownAccount(Psp psp, Caller caller, String id) {
    if (caller.is(Role.PRINCIPAL)) {
      return psp.subAccounts().of(CallerSubjects.principal(caller), id);
    }
    var account = psp.subAccounts().get(id);
    if (!account.agent().equals(CallerSubjects.agent(caller))) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such sub-account").at("sub_account_id");
    }
    return account;
  }

  /** Binds the key that the agent made for this account. */
  @EndpointSummary("Bind the key of an agent to its sub-account")
  @WireMessages(takes = SubAccounts.KeyBinding.class)
  @PostMapping("/{id}/key")
  SubAccounts.SubAccountView bindKey(
      Psp psp,
      @AllowedRoles(Role.AGENT) Caller caller,
      @PathVariable String id,
      @RequestBody byte[] body) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> {
          var bound = psp.subAccounts().bindKey(body, CallerSubjects.agent(caller));
          if (!bound.id().equals(id)) {
            throw FieldChecks.invalid("sub_account_id", id, bound.id());
          }
          return psp.subAccounts().view(bound);
        });
  }

  @EndpointSummary("Top up an agent sub-account")
  @WireMessages(takes = SubAccounts.TopUp.class)
  @PostMapping("/{id}/top-ups")
  SubAccounts.SubAccountView topUp(
      Psp psp,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String id,
      @RequestBody byte[] body) {
    return asPrincipal(
        psp,
        caller,
        principal ->
            psp.subAccounts()
                .topUp(
                    principal,
                    id,
                    JsonMessage.parse(body)
                        .bind(
                            SubAccounts.TopUp.class,
                            (asked, mistakes) ->
                                psp.subAccounts().checkAmount(principal, asked, mistakes))));
  }

  @EndpointSummary("Freeze an agent sub-account")
  @PostMapping("/{id}/freeze")
  SubAccounts.SubAccountView freeze(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String id) {
    return asPrincipal(psp, caller, principal -> psp.subAccounts().freeze(principal, id));
  }

  @EndpointSummary("Unfreeze an agent sub-account with the PIN")
  @WireMessages(takes = WalletEndpoints.Release.class)
  @PostMapping("/{id}/unfreeze")
  SubAccounts.SubAccountView unfreeze(
      Psp psp,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    return asPrincipal(
        psp,
        caller,
        principal -> psp.subAccounts().unfreeze(principal, id, WalletEndpoints.Release.pin(body)));
  }

  @EndpointSummary("Cancel an agent sub-account and get back what is left")
  @PostMapping("/{id}/cancel")
  SubAccounts.SubAccountView cancel(
      Psp psp, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String id) {
    return asPrincipal(psp, caller, principal -> psp.subAccounts().cancel(principal, id));
  }

  private static SubAccounts.SubAccountView asPrincipal(
      Psp psp, Caller caller, Function<Did, SubAccount> work) {
    return psp.journalled(
        caller,
        COMPONENT,
        Map.of(),
        () -> psp.subAccounts().view(work.apply(CallerSubjects.principal(caller))));
  }
}
