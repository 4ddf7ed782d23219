package org.actsandbox.agent.errand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.actsandbox.agent.AgentTestWorld;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests who works on an errand, when, and what becomes of its authority. */
class ErrandServiceTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private final DataSource database = AgentTestWorld.database();
  private final List<JournalNote> journal = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> worked = new CopyOnWriteArrayList<>();
  private volatile Instant now = NOW;
  private volatile boolean silent;
  private volatile Consumer<TestErrand> step = _ -> {};
  private final AgentWorld world =
      AgentTestWorld.of(database, () -> now, journal::add, this::answer, List.of());
  private final TestService service = new TestService(world);

  private OutboundClient.Answer answer(OutboundClient.Call call) {
    calls.add(call.method() + " " + call.target().getPath());
    if (silent) {
      throw new NoAnswerException(call.target(), true, null);
    }
    return new OutboundClient.Answer(200, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
  }

  private final class TestService extends ErrandService<TestErrand> {

    TestService(AgentWorld world) {
      super(
          world,
          new DelegationServiceClient(world, AgentTimeouts.DEFAULT, new AgentHttpClient(world)),
          new ErrandStore<>(world, TestErrand.KIND),
          new TestNarrator(world));
    }

    @Override
    protected void work(TestErrand errand) {
      worked.add(errand.errandId());
      step.accept(errand);
    }

    ErrandStore<TestErrand> store() {
      return errands;
    }

    Page<String> ids(@Nullable String cursor) {
      return page(cursor, 2, TestErrand::errandId);
    }

    void end(TestErrand errand) {
      errandAuthority.giveBack(
          errandAuthority.saveEnd(errand.end(new DelegatedAuthority("D-1", "iac"))));
    }
  }

  private static final class TestNarrator extends ErrandNarrator<TestErrand> {

    TestNarrator(AgentWorld world) {
      super(world, new ConversationEvents(world), TestErrand.KIND);
    }

    @Override
    protected void describe(TestErrand errand, ObjectNode event) {
      event.put("note", errand.note());
    }
  }

  private TestErrand read(String id) {
    return service.store().find(id).orElseThrow();
  }

  /** The clock asks at once what is due next: a step that has just begun must not be. */
  @Test
  void aStepIsLeasedBeforeItsThreadRuns() {
    service.store().add(TestErrand.due("K-1", NOW));
    var release = new CountDownLatch(1);
    step =
        errand -> {
          await(release);
          service.store().save(errand.withDueAt(NOW.plusSeconds(600)));
        };
    service.startDue(NOW);
    assertThat(service.nextDue()).contains(NOW.plus(ErrandService.LEASE));
    service.startDue(NOW);
    release.countDown();
    awaitDue(NOW.plusSeconds(600));
    assertThat(worked).containsExactly("K-1");
  }

  @Test
  void aStepThatBreaksIsDoneAgainAfterItsLease() {
    service.store().add(TestErrand.due("K-1", NOW));
    var broken = new CountDownLatch(1);
    step =
        _ -> {
          broken.countDown();
          throw new IllegalStateException("a bug");
        };
    service.startDue(NOW);
    await(broken);
    assertThat(service.nextDue()).contains(NOW.plus(ErrandService.LEASE));
  }

  /** The clock goes on with what else is due, and comes back to the errand that broke. */
  @Test
  void aStepThatBreaksDoesNotKeepTheOthersFromTheirs() {
    service.store().add(TestErrand.due("K-1", NOW));
    service.store().add(TestErrand.due("K-2", NOW));
    step =
        _ -> {
          throw new IllegalStateException("a bug");
        };
    assertThatThrownBy(() -> service.fireDue(NOW)).hasMessage("a bug");
    step = errand -> service.store().save(errand.withDueAt(null));
    service.fireDue(NOW);
    assertThat(worked).containsExactly("K-1", "K-1", "K-2");
    assertThat(service.nextDue()).isEmpty();
  }

  @Test
  void ofTwoProcessesOneGetsTheErrand() {
    service.store().add(TestErrand.due("K-1", NOW));
    var other = new TestService(world);
    var release = new CountDownLatch(1);
    step =
        errand -> {
          await(release);
          service.store().save(errand.withDueAt(null));
        };
    service.startDue(NOW);
    other.startDue(NOW);
    release.countDown();
    awaitDue(null);
    assertThat(worked).hasSize(1);
  }

  @Test
  void aClosedServiceStartsNothing() {
    service.store().add(TestErrand.due("K-1", NOW));
    service.close();
    service.startDue(NOW);
    service.fireDue(NOW);
    assertThat(worked).isEmpty();
    assertThat(service.nextDue()).contains(NOW);
  }

  /** A step reads the errand when it begins, and what it wrote meanwhile is not overwritten. */
  @Test
  void aChangeOfTheConversationWinsOverAStepThatBeganBefore() {
    service.store().add(TestErrand.due("K-1", NOW));
    step =
        errand -> {
          service.store().save(errand.note("refined").withDueAt(NOW.plusSeconds(60)));
          service.store().save(errand.note("old").withDueAt(NOW.plusSeconds(3600)));
        };
    service.fireDue(NOW);
    assertThat(read("K-1").note()).isEqualTo("refined");
    assertThat(service.nextDue()).contains(NOW.plusSeconds(60));
  }

  /** The step has asked before the authority was resumed, and would look again in an hour. */
  @Test
  void aNoticeDuringAStepIsLookedAtWhenTheStepEnds() {
    service.store().add(TestErrand.due("K-1", NOW));
    step =
        errand -> {
          service.delegationChanged("D-1", DelegationState.ACTIVE);
          service.intentDecided(errand.intentId());
          service.store().save(errand.withDueAt(NOW.plusSeconds(3600)));
        };
    service.fireDue(NOW);
    assertThat(service.nextDue()).contains(NOW);
    step = errand -> service.store().save(errand.withDueAt(NOW.plusSeconds(3600)));
    service.fireDue(NOW);
    assertThat(service.nextDue()).contains(NOW.plusSeconds(3600));
  }

  @Test
  void theAuthorityIsGivenBackUntilTheServiceTookIt() {
    silent = true;
    service.end(service.store().add(TestErrand.due("K-1", NOW)));
    assertThat(read("K-1").isOver()).isTrue();
    for (int i = 0; i < 2; i++) {
      now = service.nextDue().orElseThrow();
      assertThat(now).isBeforeOrEqualTo(NOW.plus(Duration.ofMinutes(20)));
      service.fireDue(now);
    }
    assertThat(journal).extracting(JournalNote::event).containsOnly("authority-not-given-back");
    silent = false;
    now = service.nextDue().orElseThrow();
    service.fireDue(now);
    assertThat(service.nextDue()).isEmpty();
    assertThat(calls).hasSize(4).containsOnly("POST /delegations/iacs/D-1/revoke");
    assertThat(worked).isEmpty();
  }

  @Test
  void anAuthorityThatExpiredIsNotGivenBack() {
    silent = true;
    service.end(service.store().add(TestErrand.due("K-1", NOW)));
    now = NOW.plusSeconds(86_400);
    service.fireDue(now);
    assertThat(service.nextDue()).isEmpty();
    assertThat(calls).hasSize(1);
  }

  /** The process may stop between the end and the answer of the delegation service. */
  @Test
  void anErrandThatEndedBeforeAStopGivesItsAuthorityBackAfterIt() {
    var ended =
        service.store().add(TestErrand.due("K-1", NOW)).end(new DelegatedAuthority("D-1", "iac"));
    new ErrandAuthority<>(
            world,
            new DelegationServiceClient(world, AgentTimeouts.DEFAULT, new AgentHttpClient(world)),
            service.store(),
            new TestNarrator(world))
        .saveEnd(ended);
    now = NOW.plus(ErrandService.LEASE);
    new TestService(world).fireDue(now);
    assertThat(calls).containsExactly("POST /delegations/iacs/D-1/revoke");
    assertThat(service.nextDue()).isEmpty();
  }

  @Test
  void listsTheErrandsInPages() {
    Stream.of("K-1", "K-2", "K-3").forEach(id -> service.store().add(TestErrand.due(id, NOW)));
    var first = service.ids(null);
    assertThat(first.items()).containsExactly("K-3", "K-2");
    var second = service.ids(first.next());
    assertThat(second.items()).containsExactly("K-1");
    assertThat(second.next()).isNull();
    assertThatThrownBy(() -> service.ids("tomorrow")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> service.ids("tomorrow_K-1")).isInstanceOf(Refusal.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Waits until the step that runs in the background has stored its next moment. */
  private void awaitDue(@Nullable Instant due) {
    Awaitility.await().until(() -> Objects.equals(service.nextDue().orElse(null), due));
  }
}
