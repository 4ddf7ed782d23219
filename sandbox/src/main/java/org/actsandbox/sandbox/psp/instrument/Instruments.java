package org.actsandbox.sandbox.psp.instrument;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Instrument.Status;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.jspecify.annotations.Nullable;

/** Keeps payment instruments from their binding to their cancellation (ACT PSD-1). */
public final class Instruments {

  private static final String CARD_DIGITS = "8810";

  private static final String SCOPE =
      "may request payments; each one still needs the PIN, or an authority that was given";

  private static final String AT_THE_START =
      "Given by the sandbox when this world was made, in the principal's place: ";

  /**
   * The card is bound this much before the balance: agents pay with the newest instrument that can,
   * which is to be the balance.
   */
  private static final Duration CARD_HEAD_START = Duration.ofMillis(1);

  private final PspWorld world;
  private final InstrumentStore store;
  private final Pins pins;
  private final Ledger ledger;
  private final InstrumentRules rules;

  public Instruments(PspWorld world, Pins pins, Ledger ledger, InstrumentRules rules) {
    this.world = world;
    this.store = new InstrumentStore(world);
    this.pins = pins;
    this.ledger = ledger;
    this.rules = rules;
  }

  /** Gives each principal its accounts, PIN and two bound instruments, once per world. */
  public void open() {
    world.principals().dids().forEach(this::open);
  }

  private void open(Did principal) {
    var balance = AccountNumbers.of(principal, AccountNumbers.BALANCE);
    if (ledger.find(balance).isPresent()) {
      return;
    }
    world
        .transactions()
        .executeWithoutResult(
            () -> {
              var opening = world.opening().apply(principal);
              pins.open(principal, opening.pin());
              if (ledger.find(balance).isEmpty()) {
                fund(balance, opening.balance());
                fund(AccountNumbers.of(principal, AccountNumbers.CARD), opening.cardLimit());
                var now = world.now();
                store.add(initial(principal, AccountNumbers.CARD, now.minus(CARD_HEAD_START)));
                store.add(initial(principal, AccountNumbers.BALANCE, now));
              }
            });
  }

  /**
   * Returns the content that a principal is shown before it consents.
   *
   * @param limit the limit of each payment; null for none
   */
  BindingDraft.Content content(
      String bindingId,
      Did principal,
      Did agent,
      InstrumentBindings.BindingRequest request,
      @Nullable Money limit,
      @Nullable TestCard card) {
    var terms = new Terms(principal, request.account(), agent, limit, request.validUntil());
    var real = card == null ? terms : terms.with(card, world);
    var label = card == null ? label(request.account()) : label(card);
    return new BindingDraft.Content(
        bindingId,
        principal.value(),
        agent.value(),
        request.account(),
        label,
        request.account(),
        world.currency(principal).getCurrencyCode(),
        SCOPE,
        real.limit() == null ? null : real.limit().decimal(),
        real.validUntil(),
        card != null && card.status() == Status.FROZEN,
        consent(real, label));
  }

  /** Returns the instrument that a confirmed binding makes, without storing it. */
  Instrument planned(BindingDraft confirmed) {
    var content = confirmed.content();
    var card = confirmed.card();
    var currency = world.currency(confirmed.principal());
    var limit = content.limitPerPayment();
    var ref = reference();
    return new Instrument(
        card == null ? ref : card.marked(ref),
        confirmed.principal(),
        AccountNumbers.of(confirmed.principal(), card == null ? content.account() : card.account()),
        FieldChecks.did("agent_id", content.agentId()),
        content.label(),
        content.startsFrozen() ? Status.FROZEN : Status.ACTIVE,
        currency,
        limit == null ? null : Money.of(limit, currency),
        content.validUntil(),
        content.consent(),
        boundAt());
  }

  /** Stores a planned instrument in the caller's transaction. */
  void add(Instrument bound) {
    ledger.open(bound.account(), bound.currency());
    store.add(bound);
  }

  /** Counts the instruments of an account that are not cancelled, up to {@code most}. */
  int countLive(Did principal, String kind, int most) {
    return store.countLive(principal, AccountNumbers.of(principal, kind), most);
  }

  /**
   * @throws Refusal {@code instrument_invalid} when the reference is unknown
   */
  public Instrument get(String ref) {
    return store
        .find(FieldChecks.text("instrument_ref", ref, 64))
        .orElseThrow(() -> Instrument.unknown(ref));
  }

  /**
   * Finds an instrument and locks it until the caller's transaction ends.
   *
   * @throws Refusal {@code instrument_invalid} when the reference is unknown
   */
  public Instrument lock(String ref) {
    return store
        .lock(FieldChecks.text("instrument_ref", ref, 64))
        .orElseThrow(() -> Instrument.unknown(ref));
  }

  /**
   * Finds an instrument with which this agent may pay now.
   *
   * @throws Refusal {@code instrument_invalid}, {@code instrument_mismatch}
   */
  public Instrument usable(String ref, Did payer, Instant now) {
    return rules.checked(get(ref), payer, now);
  }

  /**
   * Finds a usable instrument and locks it, so that it stays usable until the caller's transaction
   * ends.
   */
  public Instrument lockUsable(String ref, Did payer, Instant now) {
    return rules.checked(lock(ref), payer, now);
  }

  /**
   * Passes when the instrument belongs to the principal that the payment is for.
   *
   * @throws Refusal {@code instrument_mismatch}
   */
  public void requireOf(Instrument instrument, Did principal) {
    rules.requireOf(instrument, principal);
  }

  /**
   * Lists instruments, newest first.
   *
   * @param principal the owner; null for all
   * @param agent the agent that they are bound to; null for all
   */
  public Page<Instrument> newest(
      @Nullable Did principal, @Nullable Did agent, @Nullable String cursor) {
    return PageCursor.page(
        store.newest(principal, agent, PageCursor.parse(cursor)),
        instrument -> new PageCursor(instrument.boundAt(), instrument.ref()),
        instrument -> instrument);
  }

  public Instrument freeze(Did principal, String ref) {
    return move(principal, ref, Status.FROZEN, List.of(Status.ACTIVE));
  }

  /**
   * Reactivates an instrument; this takes the PIN because it lets money leave again.
   *
   * @throws Refusal {@code instrument_invalid}, {@code illegal_transition}, {@code pin_wrong},
   *     {@code pin_locked}
   */
  public Instrument unfreeze(Did principal, String ref, @Nullable String pin) {
    // A cancelled instrument stays cancelled, so no PIN attempt is counted for it.
    if (requireOwn(principal, ref).status() != Status.CANCELLED) {
      pins.require(principal, pin, "unfreeze " + ref);
    }
    return move(principal, ref, Status.ACTIVE, List.of(Status.FROZEN));
  }

  /** Cancels an instrument permanently. */
  public Instrument cancel(Did principal, String ref) {
    return move(principal, ref, Status.CANCELLED, List.of(Status.ACTIVE, Status.FROZEN));
  }

  /** Freezes the instruments of an agent with a revoked identity. */
  public void freezeAllOf(Did agent) {
    for (var instrument : store.activeOf(agent)) {
      freeze(instrument.principal(), instrument.ref());
    }
  }

  /** Changes the state; a repetition after a lost answer succeeds without a change. */
  private Instrument move(Did principal, String ref, Status to, List<Status> from) {
    var before = requireOwn(principal, ref);
    if (to == Status.ACTIVE) {
      requireAgent(before.agent());
    }
    boolean moved = store.move(ref, to, from);
    var after = get(ref);
    if (moved) {
      note(to.event(), after);
    } else if (after.status() != to) {
      throw new Refusal(
              Problem.ILLEGAL_TRANSITION,
              "an instrument that is %s does not become %s".formatted(before.status(), to))
          .at("ref");
    }
    return after;
  }

  private Instrument requireOwn(Did principal, String ref) {
    var found = get(ref);
    if (!found.principal().equals(principal)) {
      throw Instrument.unknown(ref);
    }
    return found;
  }

  /**
   * @throws Refusal {@code agent_unknown}, also for a participant that is no agent
   */
  public void requireAgent(Did agent) {
    boolean known = world.keys().find(agent.key(1)).isPresent();
    boolean other =
        agent.equals(world.did())
            || world.principals().has(agent)
            || world.payees().apply(agent).isPresent();
    if (!known || other) {
      throw new Refusal(Problem.AGENT_UNKNOWN, "no agent of that name is registered here")
          .at("agent_id")
          .expected("the demo agent, or one registered at /api/worlds/{world}/agents")
          .observed(agent.value());
    }
  }

  private void fund(String account, Money amount) {
    ledger.open(AccountNumbers.OUTSIDE, amount.currency());
    ledger.open(account, amount.currency());
    if (!amount.isZero()) {
      ledger.book(Transfer.opening(account, amount, world.now()));
    }
  }

  /** Holds the terms that the principal consents to. */
  private record Terms(
      Did principal,
      String account,
      Did agent,
      @Nullable Money limit,
      @Nullable Instant validUntil) {

    /**
     * Returns the terms with the test card's limit and validity, unless the principal's own are
     * narrower.
     */
    Terms with(TestCard card, PspWorld world) {
      var small = new Money(TestCard.SMALL_LIMIT_MINOR, world.currency(principal));
      var shortLife = world.now().plus(TestCard.SHORT_LIFE);
      return new Terms(
          principal,
          account,
          agent,
          card == TestCard.SMALL_LIMIT && (limit == null || limit.moreThan(small)) ? small : limit,
          card == TestCard.SHORT_LIVED && (validUntil == null || validUntil.isAfter(shortLife))
              ? shortLife
              : validUntil);
    }
  }

  private static String label(String account) {
    return (account.equals(AccountNumbers.CARD)
            ? DefaultLabel.card(CARD_DIGITS)
            : DefaultLabel.BALANCE)
        .text();
  }

  private static String label(TestCard card) {
    return DefaultLabel.card(card.number().substring(card.number().length() - 4)).text();
  }

  private static String consent(Terms terms, String label) {
    return "I allow %s to request payments from my %s%s%s. Each payment still needs my PIN. Sandbox money only."
        .formatted(
            terms.agent(),
            label,
            terms.limit() == null ? "" : ", at most " + terms.limit() + " each",
            terms.validUntil() == null ? "" : ", until " + terms.validUntil());
  }

  /**
   * Makes a reference: ids have the form {@code pi-...}, references {@code pi_...} as the contract
   * says.
   */
  private String reference() {
    return world.ids().next("pi").replace('-', '_');
  }

  /** Makes an instrument that exists when a world begins, without the principal's consent. */
  private Instrument initial(Did principal, String account, Instant at) {
    var terms = new Terms(principal, account, world.agent(), null, null);
    return new Instrument(
        reference(),
        principal,
        AccountNumbers.of(principal, account),
        world.agent(),
        label(account),
        Status.ACTIVE,
        world.currency(principal),
        null,
        null,
        AT_THE_START + consent(terms, label(account)),
        at);
  }

  /**
   * Returns a time after all earlier bindings, so that "newest first" is an order also while the
   * clock is stopped.
   */
  private Instant boundAt() {
    var now = world.now();
    return store
        .newestBoundAt()
        .filter(newest -> !newest.isBefore(now))
        .map(newest -> newest.plus(1, ChronoUnit.MICROS))
        .orElse(now);
  }

  void note(JournalEvent event, Instrument instrument) {
    world.note(
        JournalNote.Kind.STATE,
        event,
        Map.of(),
        world.withPrincipal(
            instrument.principal(),
            Map.of(
                "instrument_ref", instrument.ref(),
                "agent_id", instrument.agent().value(),
                "label", instrument.label(),
                "status", instrument.status().name())));
  }
}
