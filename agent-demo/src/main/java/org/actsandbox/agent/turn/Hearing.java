package org.actsandbox.agent.turn;

import java.util.List;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Understanding;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.turn.Turn.Permission;
import org.jspecify.annotations.Nullable;

/** What the principal's own words allow, and what they leave behind. */
final class Hearing {

  private final Conversations conversations;

  Hearing(Conversations conversations) {
    this.conversations = conversations;
  }

  /** A choice, a budget and wishes count only as the interpreter read them from the principal. */
  static Permission permission(Understanding understanding, Understood before) {
    return switch (understanding) {
      case Understanding.Choice choice ->
          new Permission(choice.offerIds(), null, before.budget(), before.wishes());
      case Understanding.Wishes said ->
          new Permission(List.of(), null, said.budget(), said.wishes(), null, said.remarks());
      case Understanding.Question open ->
          new Permission(List.of(), null, open.budget(), open.soFar());
      case Understanding.Directed said ->
          new Permission(List.of(), null, null, said.wishes(), said.directive(), List.of());
      case Understanding.Cancel _,
          Understanding.GoOn _,
          Understanding.StatusQuestion _,
          Understanding.OfferQuestion _,
          Understanding.OrderQuestion _,
          Understanding.OutOfScope _ ->
          Permission.NONE;
    };
  }

  /** Keeps what was understood for the next sentence. */
  void remember(String conversation, Understanding understanding) {
    switch (understanding) {
      case Understanding.Wishes said -> remember(conversation, said.wishes(), said.budget());
      case Understanding.Question open ->
          conversations.understood(conversation, Understood.of(open).toJson());
      case Understanding.Directed said -> remember(conversation, said.wishes(), null);
      case Understanding.Cancel _ -> {
        remember(conversation, List.of(), null);
        conversations.intent(conversation, null);
        conversations.forgetShown(conversation);
      }
      case Understanding.Choice _,
          Understanding.GoOn _,
          Understanding.StatusQuestion _,
          Understanding.OfferQuestion _,
          Understanding.OrderQuestion _,
          Understanding.OutOfScope _ -> {
        // these change nothing that was understood
      }
    }
  }

  private void remember(String conversation, List<Wish> wishes, @Nullable Budget budget) {
    conversations.understood(conversation, Understood.of(wishes, budget).toJson());
  }
}
