package org.actsandbox.sandbox.psp.instrument;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.BindingDraft.Content;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Binds instruments in two steps (ACT PSD-1): the principal is shown the agent, the account, the
 * scope, the limit and the end of its consent, and enters its PIN for the digest of exactly this
 * content. Until then there is no reference, and after a failure there is none either.
 */
public final class InstrumentBindings {

  /** The time a binding waits for the principal, by the world's clock. */
  public static final Duration TIME_TO_CONFIRM = Duration.ofMinutes(15);

  /** Ours: more live references to one account are a mistake, not a need. */
  static final int MAX_PER_ACCOUNT = 50;

  private final PspWorld world;
  private final BindingStore store;
  private final Instruments instruments;
  private final Pins pins;

  public InstrumentBindings(PspWorld world, Instruments instruments, Pins pins) {
    this.world = world;
    this.store = new BindingStore(world);
    this.instruments = instruments;
    this.pins = pins;
  }

  /**
   * Represents the request body that asks for a binding.
   *
   * @param requestId a repetition returns the same binding; without an id each request makes a new
   *     one
   * @param account balance | card
   * @param limitPerPayment decimal string; absent for none
   * @param cardNumber for a card: one of the sandbox's own numbers, see {@link TestCard}
   * @param pin must be absent: the PIN is entered later, for the content that is shown
   */
  public record BindingRequest(
      @Nullable String requestId,
      String agentId,
      String account,
      @Nullable String limitPerPayment,
      @Nullable Instant validUntil,
      @Nullable String cardNumber,
      @Nullable String pin)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("request_id", requestId, 64);
      mistakes.did("agent_id", agentId);
      mistakes.oneOf("account", account, List.of(AccountNumbers.BALANCE, AccountNumbers.CARD));
      mistakes.moment("valid_until", validUntil);
      mistakes.checkPresent(cardNumber, _ -> card(this));
      mistakes.checkPresent(
          pin,
          _ -> {
            throw pinTooEarly();
          });
    }

    @Override
    public String toString() {
      return "BindingRequest[agentId=%s, account=%s]".formatted(agentId, account);
    }
  }

  /**
   * Represents a binding as the principal sees it.
   *
   * @param status waiting | bound | declined | expired
   * @param content the content that the principal consents to
   * @param digest the digest of the content, which the confirmation carries
   * @param instrumentRef present once the instrument is bound
   */
  public record Shown(
      String bindingId,
      String status,
      Content content,
      String digest,
      Instant expiresAt,
      @Nullable String instrumentRef,
      Instrument.@Nullable InstrumentView instrument) {}

  /** Holds a binding, and whether this request made it or repeated an earlier one. */
  public record Outcome(Shown shown, boolean fresh) {}

  /**
   * Stores a request and returns the content to consent to; nothing is bound yet.
   *
   * @throws Refusal {@code agent_unknown}, {@code account_limit_exceeded}, {@code binding_failed},
   *     {@code duplicate_request}, {@code invalid_field}
   */
  public Outcome ask(Did principal, BindingRequest request) {
    MistakeCollector.checkAll(
        () -> MistakeCollector.checkValues(request), () -> limit(principal, request));
    var draft = draft(principal, request);
    if (store.add(draft)) {
      note(JournalEvent.BINDING_ASKED, draft);
      return new Outcome(shown(draft), true);
    }
    var known = store.byRequest(principal, String.valueOf(draft.requestId())).orElseThrow();
    if (!known.requestDigest().equals(draft.requestDigest())) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "the request id stands for another binding")
          .at("request_id")
          .observed(String.valueOf(request.requestId()))
          .remedy("Use a new request id for new content.");
    }
    return new Outcome(shown(known), false);
  }

  /**
   * @throws Refusal {@code not_found}, also for another principal's binding
   */
  public Shown show(Did principal, String id) {
    return shown(requireOwn(store.find(FieldChecks.text("binding_id", id, 64)), principal));
  }

  /**
   * Binds after PIN and consent, or records the principal's refusal. Repeating a decision changes
   * nothing.
   *
   * @throws Refusal {@code consent_refused}, {@code confirmation_timed_out}, {@code
   *     approval_mismatch}, {@code pin_wrong}, {@code pin_locked}, {@code agent_unknown}; none
   *     leaves a usable reference
   */
  public Outcome decide(Did principal, String id, ApprovalRequest decision) {
    var draft = requireOwn(store.find(FieldChecks.text("binding_id", id, 64)), principal);
    boolean approve = approves(decision.decision());
    if (draft.status() != BindingDraft.Status.WAITING) {
      return repeated(draft, approve);
    }
    requireOpen(draft);
    if (!approve) {
      return decided(
          draft.decided(BindingDraft.Status.DECLINED, null), null, JournalEvent.BINDING_DECLINED);
    }
    if (!draft.contentDigest().equals(decision.digest())) {
      throw new Refusal(Problem.APPROVAL_MISMATCH, "this is not what was shown")
          .at("digest")
          .expected(draft.contentDigest())
          .observed(String.valueOf(decision.digest()))
          .remedy("Read the binding again and confirm what it shows now.");
    }
    var agent = FieldChecks.did("agent_id", draft.content().agentId());
    instruments.requireAgent(agent);
    requireRoom(draft.principal(), draft.content().account());
    requireValid(draft.content().validUntil());
    pins.require(principal, decision.pin(), "bind " + draft.content().account() + " to " + agent);
    var bound = instruments.planned(draft);
    return decided(
        draft.decided(BindingDraft.Status.BOUND, bound.ref()),
        bound,
        JournalEvent.INSTRUMENT_BOUND);
  }

  private static boolean approves(String decision) {
    return switch (decision) {
      case "APPROVE" -> true;
      case "DECLINE" -> false;
      default -> throw FieldChecks.invalid("decision", "APPROVE or DECLINE", decision);
    };
  }

  private Outcome decided(BindingDraft next, @Nullable Instrument bound, JournalEvent event) {
    boolean done =
        world.inTransaction(
            () -> {
              var locked = store.lock(next.id()).orElseThrow();
              if (locked.status() != BindingDraft.Status.WAITING) {
                return false;
              }
              if (bound != null) {
                instruments.add(bound);
              }
              store.decide(next);
              return true;
            });
    if (!done) {
      var other = store.find(next.id()).orElseThrow();
      return repeated(other, next.status() == BindingDraft.Status.BOUND);
    }
    if (bound == null) {
      note(event, next);
    } else {
      instruments.note(event, bound);
    }
    return new Outcome(shown(next), true);
  }

  private Outcome repeated(BindingDraft decided, boolean approve) {
    boolean bound = decided.status() == BindingDraft.Status.BOUND;
    if (bound == approve) {
      return new Outcome(shown(decided), false);
    }
    throw bound
        ? new Refusal(Problem.ILLEGAL_TRANSITION, "the instrument is bound already")
            .at("binding_id")
            .remedy("Cancel the instrument " + decided.instrumentRef() + ".")
        : new Refusal(Problem.CONSENT_REFUSED, "the principal refused its consent")
            .at("binding_id")
            .observed(decided.id())
            .remedy("Ask for a new binding.");
  }

  private void requireOpen(BindingDraft draft) {
    if (draft.isExpiredAt(world.now())) {
      throw new Refusal(Problem.CONFIRMATION_TIMED_OUT, "the binding was not confirmed in time")
          .at("binding_id")
          .expected("a decision before " + draft.expiresAt())
          .remedy("Ask for a new binding.");
    }
  }

  /** Checks the limit, whose decimals depend on the currency of the principal's account. */
  public void checkLimit(Did principal, BindingRequest request, MistakeCollector mistakes) {
    mistakes.check(() -> limit(principal, request));
  }

  private @Nullable Money limit(Did principal, BindingRequest request) {
    return request.limitPerPayment() == null
        ? null
        : FieldChecks.money(
            "limit_per_payment",
            request.limitPerPayment(),
            world.currency(principal).getCurrencyCode());
  }

  private BindingDraft draft(Did principal, BindingRequest request) {
    var agent = FieldChecks.did("agent_id", request.agentId());
    instruments.requireAgent(agent);
    var limit = limit(principal, request);
    requireWithinCredit(principal, request.account(), limit);
    requireRoom(principal, request.account());
    requireValid(request.validUntil());
    var card = card(request);
    var now = world.now();
    var id = world.ids().next("B");
    var content = instruments.content(id, principal, agent, request, limit, card.orElse(null));
    return new BindingDraft(
        id,
        principal,
        request.requestId(),
        requestDigest(request),
        content,
        RequestFingerprint.digest(CanonicalJson.bytes(Json.tree(content))),
        card.orElse(null),
        BindingDraft.Status.WAITING,
        null,
        now,
        now.plus(TIME_TO_CONFIRM));
  }

  private static Refusal pinTooEarly() {
    return new Refusal(Problem.INVALID_FIELD, "the PIN is not for the wish but for what is shown")
        .at("pin")
        .expected("no PIN here")
        .remedy("Read the answer's content, then POST /psp/bindings/{binding_id}/confirmation.");
  }

  private static String requestDigest(BindingRequest request) {
    return RequestFingerprint.digest(CanonicalJson.bytes(Json.tree(request)));
  }

  private static Optional<TestCard> card(BindingRequest request) {
    if (request.cardNumber() != null && !AccountNumbers.CARD.equals(request.account())) {
      throw FieldChecks.invalid("card_number", "absent, or account card", "***");
    }
    return TestCard.of(request.cardNumber());
  }

  /** Refuses a limit above the card's credit, because such a payment could never succeed. */
  private void requireWithinCredit(Did principal, String account, @Nullable Money limit) {
    var credit = world.opening().apply(principal).cardLimit();
    if (account.equals(AccountNumbers.CARD) && limit != null && limit.moreThan(credit)) {
      throw new Refusal(
              Problem.ACCOUNT_LIMIT_EXCEEDED, "the card does not allow as much for one payment")
          .at("limit_per_payment")
          .expected("at most " + credit)
          .observed(limit.toString())
          .remedy("Ask for less, or for the balance.");
    }
  }

  private void requireRoom(Did principal, String account) {
    if (instruments.countLive(principal, account, MAX_PER_ACCOUNT) >= MAX_PER_ACCOUNT) {
      throw new Refusal(
              Problem.ACCOUNT_LIMIT_EXCEEDED, "the account has as many instruments as it may have")
          .at("account")
          .expected("at most " + MAX_PER_ACCOUNT + " that are not cancelled")
          .remedy("Cancel one that is not used.");
    }
  }

  private void requireValid(@Nullable Instant validUntil) {
    if (validUntil != null && !validUntil.isAfter(world.now())) {
      throw new Refusal(Problem.BINDING_FAILED, "the validity is over already")
          .at("valid_until")
          .expected("after " + world.now());
    }
  }

  private static BindingDraft requireOwn(Optional<BindingDraft> found, Did principal) {
    return found
        .filter(each -> each.principal().equals(principal))
        .orElseThrow(
            () -> new Refusal(Problem.NOT_FOUND, "there is no such binding").at("binding_id"));
  }

  private Shown shown(BindingDraft draft) {
    var ref = draft.instrumentRef();
    var status =
        draft.isExpiredAt(world.now())
            ? "expired"
            : draft.status().name().toLowerCase(java.util.Locale.ROOT);
    return new Shown(
        draft.id(),
        status,
        draft.content(),
        draft.contentDigest(),
        draft.expiresAt(),
        ref,
        ref == null ? null : instruments.get(ref).shownToPrincipal());
  }

  private void note(JournalEvent event, BindingDraft draft) {
    world.note(
        JournalNote.Kind.STATE,
        event,
        Map.of(),
        world.withPrincipal(
            draft.principal(),
            Map.of(
                "binding_id", draft.id(),
                "agent_id", draft.content().agentId(),
                "label", draft.content().label())));
  }
}
