package org.actsandbox.sandbox.psp.subaccount;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.DefaultLabel;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.actsandbox.sandbox.psp.payment.PaymentRequestChecks;
import org.actsandbox.sandbox.psp.subaccount.SubAccount.KeyState;
import org.actsandbox.sandbox.psp.subaccount.SubAccount.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens, funds, freezes and closes agents' sub-accounts (ACT PSD-2). */
public final class SubAccounts {

  private final PspWorld world;

  /** In characters. */
  private static final int MAX_LABEL = 80;

  /** Stands for the id that the key gets, where only its form is examined. */
  private static final String ANY_KEY_ID = Did.of("agent").key(1);

  private final SubAccountStore store;
  private final Pins pins;
  private final Ledger ledger;
  private final Consumer<Did> agents;

  /**
   * @param agents refuses any participant that is not a registered agent
   */
  public SubAccounts(PspWorld world, Pins pins, Ledger ledger, Consumer<Did> agents) {
    this.world = world;
    this.agents = agents;
    this.store = new SubAccountStore(world);
    this.pins = pins;
    this.ledger = ledger;
  }

  /**
   * Represents the request body that opens a sub-account.
   *
   * @param requestId a repetition returns the same sub-account; without an id each request opens a
   *     new one
   */
  public record Opening(
      @Nullable String requestId, String agentId, @Nullable String label, String pin)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("request_id", requestId, 64);
      mistakes.did("agent_id", agentId);
      mistakes.text("label", label, MAX_LABEL);
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "Opening[agentId=%s]".formatted(agentId);
    }
  }

  /**
   * Represents the request body that tops up a sub-account.
   *
   * @param requestId the id of the request; a repetition is booked only once
   * @param from balance | card
   */
  public record TopUp(String requestId, String amount, @Nullable String from, String pin)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("request_id", requestId, 64);
      mistakes.oneOf("from", from, List.of(AccountNumbers.BALANCE, AccountNumbers.CARD));
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "TopUp[requestId=%s, amount=%s]".formatted(requestId, amount);
    }
  }

  /**
   * Represents the message that binds the agent's dedicated key; the agent signs it with its own
   * key.
   */
  public record KeyBinding(
      String subAccountId,
      JsonNode jwk,
      Instant timestamp,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("sub_account_id", subAccountId, 64);
      mistakes.moment("timestamp", timestamp);
      mistakes.checkPresent(jwk, given -> key(ANY_KEY_ID, given));
    }
  }

  /**
   * Represents a sub-account as it is shown.
   *
   * @param principalId the owner of the money; absent in a world with one principal
   * @param keyId present while the key is usable: bound, and the account neither frozen nor
   *     cancelled
   * @param keyState NONE | ACTIVE | SUSPENDED, while the account is frozen | DEAD, once it is
   *     cancelled
   */
  public record SubAccountView(
      String subAccountId,
      String agentId,
      String label,
      Status status,
      String balance,
      String currency,
      @Nullable String principalId,
      @Nullable String keyId,
      KeyState keyState,
      Instant openedAt,
      Instant changedAt) {}

  public SubAccounts.SubAccountView view(SubAccount account) {
    boolean good = account.keyState() == KeyState.ACTIVE;
    return new SubAccounts.SubAccountView(
        account.id(),
        account.agent().value(),
        account.label(),
        account.status(),
        balance(account).decimal(),
        account.currency().getCurrencyCode(),
        world.principals().hasSeveral() ? account.principal().value() : null,
        good ? account.keyId() : null,
        account.keyState(),
        account.openedAt(),
        account.changedAt());
  }

  /**
   * Opens a sub-account for an agent after checking the PIN. It cannot pay before the agent has
   * bound a key.
   *
   * @throws Refusal {@code agent_unknown}, {@code pin_wrong}, {@code pin_locked}, {@code
   *     duplicate_request}
   */
  public SubAccount open(Did principal, Opening request) {
    MistakeCollector.checkValues(request);
    var agent = FieldChecks.did("agent_id", request.agentId());
    var requestId = request.requestId();
    var label = request.label() == null ? DefaultLabel.subAccount(agent).text() : request.label();
    var digest = RequestFingerprint.digest((agent + "\n" + label).getBytes(StandardCharsets.UTF_8));
    if (requestId != null) {
      var known = store.byRequest(principal, requestId);
      if (known.isPresent()) {
        return repeated(known.get(), digest);
      }
    }
    agents.accept(agent);
    pins.require(principal, request.pin(), "open a sub-account for " + agent);
    var id = world.ids().next("SA");
    var currency = world.currency(principal);
    var opened =
        new SubAccount(
            id,
            principal,
            agent,
            AccountNumbers.subAccount(id),
            currency,
            label.length() <= MAX_LABEL ? label : label.substring(0, MAX_LABEL),
            Status.ACTIVE,
            null,
            world.now(),
            world.now());
    try {
      world
          .transactions()
          .executeWithoutResult(
              () -> {
                ledger.open(opened.account(), currency);
                store.add(opened, requestId, digest);
              });
    } catch (DuplicateKeyException again) {
      return repeated(store.byRequest(principal, String.valueOf(requestId)).orElseThrow(), digest);
    }
    note(JournalEvent.SUB_ACCOUNT_OPENED, opened, Map.of());
    return opened;
  }

  private SubAccount repeated(SubAccountStore.Requested known, String digest) {
    if (!known.digest().equals(digest)) {
      throw duplicateRequest("the request id stands for another sub-account");
    }
    return known.account();
  }

  private static Refusal duplicateRequest(String why) {
    return new Refusal(Problem.DUPLICATE_REQUEST, why)
        .at("request_id")
        .remedy("Use a new request id for new content.");
  }

  /**
   * Binds the dedicated key, once.
   *
   * @throws Refusal for a bad signature, {@code sub_account_mismatch}, {@code illegal_transition}
   */
  public SubAccount bindKey(byte[] body, Did caller) {
    var jsonMessage = JsonMessage.parse(body);
    var binding = jsonMessage.bind(KeyBinding.class);
    PaymentRequestChecks.requireFresh("timestamp", binding.timestamp(), world.now());
    if (!jsonMessage.verifySigner(world.keys()).equals(caller)) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the key belongs to another agent").at("signer_id");
    }
    var account = get(binding.subAccountId());
    account.requireUsableBy(caller);
    var key = key(account.keyId(), binding.jwk());
    if (!store.bind(account.id(), key.jwk(), world.now())
        && !key.jwk().equals(get(account.id()).jwk())) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "the sub-account has a key already")
          .at("jwk")
          .remedy("Ask the principal to cancel it and to open another.");
    }
    note(JournalEvent.SUB_ACCOUNT_KEY_BOUND, account, Map.of("key_id", account.keyId()));
    return get(account.id());
  }

  /** Checks the amount, whose decimals depend on the currency of the principal's accounts. */
  public void checkAmount(Did principal, TopUp request, MistakeCollector mistakes) {
    mistakes.checkPresent(request.amount(), _ -> amount(principal, request));
  }

  private Money amount(Did principal, TopUp request) {
    return FieldChecks.money(
        "amount", request.amount(), world.currency(principal).getCurrencyCode());
  }

  /**
   * Books money onto a sub-account, once for each request id.
   *
   * @throws Refusal {@code insufficient_balance}, {@code sub_account_unknown}, {@code
   *     sub_account_frozen}, {@code sub_account_cancelled}, {@code pin_wrong}, {@code
   *     duplicate_request} for a request id that booked another top-up
   */
  public SubAccount topUp(Did principal, String id, TopUp request) {
    MistakeCollector.checkAll(
        () -> MistakeCollector.checkValues(request), () -> amount(principal, request));
    var account = of(principal, id);
    var amount = amount(principal, request);
    var from = request.from() == null ? AccountNumbers.BALANCE : request.from();
    var transfer =
        Transfer.topUp(
            account.id() + " " + request.requestId(),
            AccountNumbers.of(principal, from),
            account.account(),
            amount,
            world.now());
    if (isRepeated(transfer)) {
      return account;
    }
    pins.require(principal, request.pin(), "top up " + account.id());
    try {
      world
          .transactions()
          .executeWithoutResult(
              () -> {
                var locked = store.lock(account.id()).orElseThrow();
                locked.requireUsableBy(locked.agent());
                ledger.book(transfer);
              });
    } catch (DuplicateKeyException again) {
      isRepeated(transfer);
      return account;
    }
    note(JournalEvent.SUB_ACCOUNT_TOPPED_UP, account, Map.of("amount", amount.decimal()));
    return account;
  }

  /**
   * @throws Refusal {@code duplicate_request} when another transfer is booked under its number
   */
  private boolean isRepeated(Transfer transfer) {
    var booked = ledger.isBooked(transfer);
    if (booked.isPresent() && !booked.get()) {
      throw duplicateRequest("the request id stands for another top-up");
    }
    return booked.isPresent();
  }

  public SubAccount freeze(Did principal, String id) {
    return move(principal, id, Status.FROZEN);
  }

  /**
   * Reactivates a sub-account; this takes the PIN because it lets money leave again.
   *
   * @throws Refusal {@code sub_account_invalid}, {@code illegal_transition}, {@code pin_wrong},
   *     {@code pin_locked}
   */
  public SubAccount unfreeze(Did principal, String id, @Nullable String pin) {
    // A cancelled sub-account stays cancelled, so no PIN attempt is counted for it.
    if (of(principal, id).status() != Status.CANCELLED) {
      pins.require(principal, pin, "unfreeze " + id);
    }
    return move(principal, id, Status.ACTIVE);
  }

  /**
   * Cancels a sub-account and its key permanently; the rest of the money goes back to the
   * principal's balance.
   */
  public SubAccount cancel(Did principal, String id) {
    return move(principal, id, Status.CANCELLED);
  }

  /**
   * Returns a principal's own sub-account.
   *
   * @throws Refusal {@code sub_account_unknown}, also for another principal's sub-account
   */
  public SubAccount of(Did principal, String id) {
    var found = get(id);
    if (!found.principal().equals(principal)) {
      throw unknown(id);
    }
    return found;
  }

  /**
   * @throws Refusal {@code sub_account_unknown}
   */
  public SubAccount get(String id) {
    return store.find(FieldChecks.text("sub_account_id", id, 64)).orElseThrow(() -> unknown(id));
  }

  /**
   * Finds and locks a sub-account until the transaction ends; this lock comes before those of
   * ledger accounts.
   */
  public SubAccount lock(String id) {
    return store.lock(FieldChecks.text("sub_account_id", id, 64)).orElseThrow(() -> unknown(id));
  }

  private static Refusal unknown(String id) {
    return new Refusal(Problem.SUB_ACCOUNT_UNKNOWN, "there is no such sub-account")
        .at("sub_account_id")
        .observed(id);
  }

  /**
   * Lists sub-accounts, newest first; at least one of the two filters is given.
   *
   * @param principal null for those of an agent from all principals
   * @param agent null for all sub-accounts of a principal
   */
  public Page<SubAccounts.SubAccountView> newest(
      @Nullable Did principal, @Nullable Did agent, @Nullable String cursor) {
    return PageCursor.page(
        store.newest(principal, agent, PageCursor.parse(cursor)),
        account -> new PageCursor(account.openedAt(), account.id()),
        this::view);
  }

  /** Returns the dedicated key unless the account is cancelled. */
  public Optional<VerificationKey> key(SubAccount account) {
    var jwk = account.jwk();
    return jwk == null || account.status() == Status.CANCELLED
        ? Optional.empty()
        : KeySet.parse("{\"keys\":[" + jwk + "]}").find(account.keyId());
  }

  /**
   * Freezes all sub-accounts of an agent with a revoked identity, so that the money cannot be spent
   * (ACT PSD-2). The principal gets it back by cancelling them.
   */
  public void freezeAllOf(Did agent) {
    for (var id : store.activeOf(agent)) {
      var frozen = freeze(get(id).principal(), id);
      note(JournalEvent.SUB_ACCOUNT_AGENT_UNKNOWN, frozen, Map.of("reason", "agent_unknown"));
    }
  }

  private SubAccount move(Did principal, String id, Status to) {
    if (to == Status.ACTIVE) {
      agents.accept(of(principal, id).agent());
    }
    boolean moved =
        world.inTransaction(
            () -> {
              var account = store.lock(of(principal, id).id()).orElseThrow();
              if (account.status() == to) {
                return false;
              }
              if (!account.status().successors().contains(to)) {
                throw new Refusal(
                        Problem.ILLEGAL_TRANSITION,
                        "a sub-account that is %s does not become %s"
                            .formatted(account.status(), to))
                    .at("sub_account_id");
              }
              store.move(id, to, world.now());
              if (to == Status.CANCELLED) {
                giveBack(account);
              }
              return true;
            });
    var after = get(id);
    if (moved) {
      note(to.event(), after, Map.of());
    }
    return after;
  }

  private void giveBack(SubAccount account) {
    var left = balance(account);
    if (!left.isZero()) {
      ledger.book(
          Transfer.giveBack(
              account.id(),
              account.account(),
              AccountNumbers.of(account.principal(), AccountNumbers.BALANCE),
              left,
              world.now()));
    }
  }

  private Money balance(SubAccount account) {
    var minor = ledger.find(account.account()).map(Ledger.Account::balanceMinor).orElse(0L);
    return new Money(minor, account.currency());
  }

  private static VerificationKey key(String keyId, JsonNode jwk) {
    if (!(jwk instanceof ObjectNode object) || Json.write(jwk).length() > 900) {
      throw invalidKey("not a JWK object of at most 900 characters");
    }
    var set = Json.object();
    set.putArray("keys").add(object.deepCopy().put("kid", keyId));
    try {
      return KeySet.parse(Json.write(set))
          .find(keyId)
          .orElseThrow(() -> invalidKey("a kind of key the sandbox does not speak"));
    } catch (IllegalArgumentException broken) {
      throw invalidKey(String.valueOf(broken.getMessage()));
    }
  }

  private static Refusal invalidKey(String why) {
    return new Refusal(Problem.INVALID_FIELD, "the key cannot be used: " + why)
        .at("jwk")
        .expected("a public JWK: OKP Ed25519, EC P-256 or RSA, without private parts");
  }

  private void note(JournalEvent event, SubAccount account, Map<String, String> more) {
    var data = new java.util.TreeMap<>(more);
    data.put("sub_account_id", account.id());
    data.put("agent_id", account.agent().value());
    data.put("status", account.status().name());
    world.note(
        JournalNote.Kind.STATE, event, Map.of(), world.withPrincipal(account.principal(), data));
  }
}
