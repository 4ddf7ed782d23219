package org.actsandbox.agent.errand;

import java.time.Instant;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.jspecify.annotations.Nullable;

/** The simplest errand, stored in the table of tasks. */
record TestErrand(
    String taskId,
    String note,
    boolean ended,
    @Nullable DelegatedAuthority authority,
    Instant createdAt,
    Instant until,
    @Nullable Instant due,
    long version)
    implements Errand<TestErrand> {

  static final ErrandKind<TestErrand> KIND =
      ErrandKind.of(ConversationEventType.TASK, "agent_tasks", TestErrand.class);

  static TestErrand due(String id, Instant at) {
    return new TestErrand(id, "", false, null, at, at.plusSeconds(86_400), at, 0);
  }

  TestErrand note(String words) {
    return new TestErrand(taskId, words, ended, authority, createdAt, until, due, version);
  }

  TestErrand end(DelegatedAuthority given) {
    return new TestErrand(taskId, note, true, given, createdAt, until, due, version);
  }

  @Override
  public String errandId() {
    return taskId;
  }

  @Override
  public String conversationId() {
    return "C-1";
  }

  @Override
  public String lang() {
    return "en";
  }

  @Override
  public String intentId() {
    return "I-" + taskId;
  }

  @Override
  public @Nullable DelegatedAuthority givenAuthority() {
    return authority;
  }

  @Override
  public @Nullable Instant dueAt() {
    return due;
  }

  @Override
  public @Nullable String code() {
    return null;
  }

  @Override
  public boolean isOver() {
    return ended;
  }

  @Override
  public TestErrand withDueAt(@Nullable Instant next) {
    return new TestErrand(taskId, note, ended, authority, createdAt, until, next, version);
  }
}
