package org.actsandbox.agent.watch;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.errand.Errand;
import org.actsandbox.agent.errand.ErrandKind;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that the principal wants later, from the request for authority to its end.
 *
 * @param until the end of the authority's validity
 * @param confirmUrl the page on which the principal decides about the authority
 * @param delegated the authority; absent until the principal has given it
 * @param progress the values that change while it is watched
 * @param version the version of the stored row that this was read from
 */
public record Watch(
    String watchId,
    String conversationId,
    @JsonProperty("language") @JsonAlias("lang") String lang,
    String intentId,
    WatchState state,
    List<Wish> wishes,
    Directive directive,
    Instant createdAt,
    Instant until,
    @Nullable String confirmUrl,
    @Nullable DelegatedAuthority delegated,
    Progress progress,
    long version)
    implements Errand<Watch> {

  static final ErrandKind<Watch> KIND =
      ErrandKind.of(ConversationEventType.WATCH, "agent_watches", Watch.class);

  /**
   * The values that change from step to step.
   *
   * @param dueAt when the next step is due; absent while another participant or a turn acts
   * @param payment the number of the plan's next payment, from 0
   * @param looks the searches since the last purchase or failure
   * @param failures the failed payments in a row
   * @param turn the turn of the conversation that buys, or bought last
   * @param code the reason why it does not proceed as planned
   */
  public record Progress(
      @Nullable Instant dueAt,
      int payment,
      int looks,
      int failures,
      @Nullable Integer turn,
      @Nullable String code,
      @Nullable Text reason) {

    static final Progress NONE = new Progress(null, 0, 0, 0, null, null, null);

    Progress due(@Nullable Instant at) {
      return new Progress(at, payment, looks, failures, turn, code, reason);
    }

    Progress withLook() {
      return new Progress(dueAt, payment, looks + 1, failures, turn, code, reason);
    }

    Progress withFailure() {
      return new Progress(dueAt, payment, 0, failures + 1, turn, code, reason);
    }

    Progress withoutFailures() {
      return new Progress(dueAt, payment, 0, 0, turn, null, null);
    }

    Progress payment(int next) {
      return new Progress(dueAt, next, 0, 0, turn, null, null);
    }

    Progress turn(int number) {
      return new Progress(dueAt, payment, looks, failures, number, code, reason);
    }

    Progress withReason(@Nullable String why, @Nullable Text words) {
      return new Progress(dueAt, payment, looks, failures, turn, why, words);
    }
  }

  public Watch {
    wishes = List.copyOf(wishes);
  }

  Watch move(WatchState next, Progress now) {
    if (state != next && !state.successors().contains(next)) {
      throw new IllegalStateException(
          "watch %s is %s, not to become %s".formatted(watchId, state, next));
    }
    return with(next, delegated, next.isFinal() ? now.due(null) : now);
  }

  Watch authorized(DelegatedAuthority authority, Instant due) {
    if (state != WatchState.ASKED) {
      throw new IllegalStateException("watch %s is %s already".formatted(watchId, state));
    }
    return with(WatchState.WATCHING, authority, progress.due(due));
  }

  /**
   * Takes over what a new request asks for under the same intent. The state stays, because the
   * principal may have decided meanwhile.
   */
  Watch withRequest(Watch requested) {
    return requested.with(
        state, delegated, state == WatchState.ASKED ? requested.progress : progress);
  }

  private Watch with(WatchState next, @Nullable DelegatedAuthority authority, Progress now) {
    return new Watch(
        watchId,
        conversationId,
        lang,
        intentId,
        next,
        wishes,
        directive,
        createdAt,
        until,
        confirmUrl,
        authority,
        now,
        version);
  }

  @Override
  public String errandId() {
    return watchId;
  }

  @Override
  public @Nullable DelegatedAuthority givenAuthority() {
    return delegated;
  }

  @Override
  public @Nullable Instant dueAt() {
    return progress.dueAt();
  }

  @Override
  public @Nullable String code() {
    return progress.code();
  }

  @Override
  public boolean isOver() {
    return state.isFinal();
  }

  @Override
  public Watch withDueAt(@Nullable Instant next) {
    return with(state, delegated, progress.due(next));
  }
}
