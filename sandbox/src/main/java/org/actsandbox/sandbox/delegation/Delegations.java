package org.actsandbox.sandbox.delegation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IsrCheck;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.OpenQuestion;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.psp.Cursor;
import org.actsandbox.sandbox.psp.Fields;
import org.jspecify.annotations.Nullable;

/** The delegation service of one world: what the endpoints take as argument. */
public final class Delegations {

  private static final int MAX_LISTS = 1_000_000;

  private final DelegationWorld world;
  private final DelegationRules rules;
  private final DelegationStore store;
  private final Summary summary;
  private final Intents intents;
  private final Issuance issuance;
  private final Lifecycle lifecycle;
  private final Testimony testimony;

  public Delegations(DelegationWorld world, DelegationRules rules) {
    this.world = world;
    this.rules = rules;
    this.store = new DelegationStore(world);
    this.summary = new Summary(world.zone(), world.names(), world.places());
    var drafts = new IntentStore(world);
    this.intents = new Intents(world, drafts);
    this.issuance = new Issuance(world, rules, intents, drafts, store, summary);
    this.lifecycle = new Lifecycle(world, rules, store);
    this.testimony = new Testimony(world, store);
  }

  Testimony testimony() {
    return testimony;
  }

  /** Intents nobody decides about, and credentials that end. */
  public List<DueWork> dueWork() {
    return List.of(intents, lifecycle);
  }

  /**
   * The signed papers of an authority.
   *
   * @param credential compact VC-JWT
   * @param approval the principal's signed confirmation
   */
  public record Papers(String credential, String approval) {}

  public Optional<Papers> papers(String delegationId) {
    return store.find(delegationId).map(found -> new Papers(found.credential(), found.approval()));
  }

  Views.IntentView take(byte[] body, Caller caller) {
    return view(intents.take(body, Whose.of(caller.require(Role.AGENT)).did()));
  }

  public Views.IntentView intent(String intentId, Caller caller) {
    return view(intents.get(intentId, Whose.of(caller)));
  }

  public Page<Views.IntentView> intents(Caller caller, @Nullable String cursor) {
    var page = intents.newest(Whose.of(caller), cursor);
    return new Page<>(page.items().stream().map(this::view).toList(), page.next());
  }

  /** What a decision would be about, with what of the PIN is left. */
  public Views.Confirmation confirmation(String intentId, Caller caller) {
    caller.require(Role.PRINCIPAL);
    return issuance.show(intentId, Whose.of(caller));
  }

  Views.IntentView decide(String intentId, ApprovalRequest request, Caller caller) {
    caller.require(Role.PRINCIPAL);
    return view(issuance.decide(intentId, request, Whose.of(caller)));
  }

  public Views.DelegationView delegation(String delegationId, Caller caller) {
    return view(mine(delegationId, caller));
  }

  /**
   * Newest first: an agent's or a principal's own.
   *
   * @param state of these alone; null for all. A page of few may have a next one all the same: no
   *     request looks at more than a thousand.
   */
  public Page<Views.DelegationView> delegations(
      Caller caller, @Nullable ShownState state, @Nullable String cursor) {
    var whose = Whose.of(caller);
    var from = Cursor.parse(cursor);
    if (state == null) {
      return Cursor.page(
          store.newest(whose, from),
          delegation -> new Cursor(delegation.issuedAt(), delegation.delegationId()),
          delegation -> view(lifecycle.get(delegation.delegationId())));
    }
    var found = store.newest(whose, state.stored(), world.now(), from);
    return new Page<>(
        found.delegationIds().stream()
            .map(id -> view(lifecycle.get(id)))
            .filter(view -> view.state() == state)
            .toList(),
        found.next() == null ? null : found.next().text());
  }

  /** Complete intents that the principal may decide about, those that lapse first at the front. */
  public List<Views.IntentView> waiting(Caller caller) {
    caller.require(Role.PRINCIPAL);
    return intents.waitingNow(Whose.of(caller).did()).stream().map(this::view).toList();
  }

  public Views.Credential credential(String delegationId, Caller caller) {
    return new Views.Credential(delegationId, mine(delegationId, caller).credential());
  }

  /** Suspending is its principal's; giving an authority back also its agent's. */
  Views.DelegationView move(
      String delegationId, DelegationState to, @Nullable String reason, Caller caller) {
    if (to != DelegationState.REVOKED) {
      caller.require(Role.PRINCIPAL);
    }
    mine(delegationId, caller);
    return moved(delegationId, to, reason(reason), caller);
  }

  /**
   * Lets what its principal stopped go on, which takes the PIN.
   *
   * @throws Refusal {@code not_found}, {@code illegal_transition}, {@code pin_wrong}, {@code
   *     pin_locked}
   */
  Views.DelegationView resume(
      String delegationId, @Nullable String reason, @Nullable String pin, Caller caller) {
    caller.require(Role.PRINCIPAL);
    var own = mine(delegationId, caller);
    var why = reason(reason);
    // What is over stays over, whoever asks: no attempt is counted for it.
    if (!own.now().state().isFinal()) {
      world.pins().get().require(own.principal(), pin, "resume " + own.delegationId());
    }
    return moved(delegationId, DelegationState.ACTIVE, why, caller);
  }

  private static @Nullable String reason(@Nullable String given) {
    return given == null ? null : Fields.text("reason", given, 256);
  }

  private Views.DelegationView moved(
      String delegationId, DelegationState to, @Nullable String why, Caller caller) {
    var by = caller.did().map(Did::value).orElse(caller.role().code());
    return view(lifecycle.move(Fields.text("delegation_id", delegationId, 64), to, by, why));
  }

  StatusList statusList(int number) {
    if (number < 0 || number > MAX_LISTS) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such status list").at("list");
    }
    return lifecycle.list(number);
  }

  IssuanceStatus issuance(String delegationId, String iacDigest) {
    return lifecycle.issuance(
        Fields.text("delegation_id", delegationId, 64), Fields.text("iac_digest", iacDigest, 80));
  }

  private Delegation mine(String delegationId, Caller caller) {
    var whose = Whose.of(caller);
    var found = lifecycle.get(Fields.text("delegation_id", delegationId, 64));
    if (!rules.isOwn(whose.did(), whose.of(found.principal(), found.agent()))) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such delegation")
          .at("delegation_id")
          .observed(delegationId);
    }
    return found;
  }

  private Views.IntentView view(Intent intent) {
    boolean waits = intent.status() == Intent.Status.WAITING;
    return new Views.IntentView(
        intent.intentId(),
        intent.agent().value(),
        intent.status(),
        IsrCheck.questions(intent.isr()).stream().map(Delegations::question).toList(),
        intents.payload(intent).map(payload -> summary.of(payload, intent)).orElse(List.of()),
        intent.createdAt(),
        intent.expiresAt(),
        intent.decidedAt(),
        waits ? world.confirmation().apply(intent.intentId()).toString() : null,
        intent.status() == Intent.Status.AUTHORIZED ? intent.delegationId() : null,
        IsrCheck.ignored(intent.raw(), intent.isr()),
        intent.contextCheck(),
        intent.raw());
  }

  private static Views.Question question(OpenQuestion open) {
    return new Views.Question(
        open.field(),
        open.why(),
        open.expected(),
        Phrases.both("question." + open.field().replaceAll("\\[\\d+]", "")),
        Phrases.both("question." + open.why().code()));
  }

  private Views.DelegationView view(Delegation delegation) {
    var iac = IacCodec.verify(delegation.credential(), world.keys());
    return new Views.DelegationView(
        delegation.delegationId(),
        delegation.intentId(),
        delegation.agent().value(),
        delegation.mode(),
        ShownState.of(delegation.now().state(), iac.payload().validityStartTime(), world.now()),
        delegation.issuedAt(),
        delegation.now().changedAt(),
        delegation.now().by(),
        delegation.now().reason(),
        iac.status().list().toString(),
        iac.status().index(),
        iac.digest(),
        summary.of(iac.payload()),
        iac.payload());
  }

  /** Runs {@code work} and journals it when it is refused. */
  <T> T journalled(
      Caller caller, ActComponent component, Map<String, String> ids, Supplier<T> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      world.note(
          JournalNote.Kind.REFUSAL,
          component,
          "refused",
          ids,
          Map.of(
              "code", refusal.problem().code(),
              "detail", refusal.detail(),
              "role", caller.role().code(),
              "caller", caller.did().map(Object::toString).orElse("")));
      throw refusal;
    }
  }

  static Map<String, String> about(String delegationId) {
    return Map.of(JournalIds.DELEGATION_ID, delegationId);
  }
}
