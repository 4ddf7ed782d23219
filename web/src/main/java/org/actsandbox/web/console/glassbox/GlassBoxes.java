package org.actsandbox.web.console.glassbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.merchants.Merchants;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.picture.SeatPicture;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the three panes together, for the page and for its live updates. */
@Component
class GlassBoxes {

  private static final int LOOKED_AT = 100;

  private final Talks talks;

  GlassBoxes(Talks talks) {
    this.talks = talks;
  }

  /** The conversation as far as it has come. */
  Glass glass(World world, Caller you, String conversation) {
    var glass = new Glass(conversation);
    talks.history(world, you, conversation).forEach(glass::apply);
    return glass;
  }

  private Glass overheard(World world, String conversation) {
    var glass = new Glass(conversation);
    talks.overheard(world, conversation).forEach(glass::apply);
    return glass;
  }

  Protocol protocol(World world, Glass glass, Words words, long until) {
    var protocol = new Protocol(words);
    for (var entry : Protocol.stored(world.journalStore(), glass, until)) {
      if (protocol.add(entry)) {
        protocol.admit(entry);
      }
    }
    return protocol;
  }

  /**
   * A world as somebody sees it who only looks on: its newest conversation and all its messages.
   *
   * @param glass of the empty conversation where there is none
   */
  record Onlook(Glass glass, Protocol protocol) {}

  Onlook onlook(World world, Words words, long until) {
    var protocol = new Protocol(words);
    var conversation = "";
    long after = 0;
    var journal = world.journalStore();
    while (after < until) {
      var page = journal.read(JournalQuery.after(after, JournalQuery.MAX_LIMIT));
      if (page.isEmpty()) {
        break;
      }
      for (var entry : page) {
        after = entry.seq();
        if (after > until) {
          break;
        }
        conversation = entry.ids().getOrDefault(JournalIds.CONVERSATION_ID, conversation);
        if (protocol.add(entry)) {
          protocol.admit(entry);
        }
      }
    }
    return new Onlook(
        conversation.isEmpty() ? new Glass("") : overheard(world, conversation), protocol);
  }

  /** Found by the journal: the payment's entries name its intent, the intent's its conversation. */
  @Nullable String conversationOf(World world, String tradeNo) {
    var ofTrade = firstId(world, JournalIds.TRADE_NO, tradeNo, JournalIds.CONVERSATION_ID);
    if (ofTrade != null) {
      return ofTrade;
    }
    var intent = firstId(world, JournalIds.TRADE_NO, tradeNo, JournalIds.INTENT_ID);
    return intent == null ? null : conversationOfIntent(world, intent);
  }

  @Nullable String conversationOfIntent(World world, String intentId) {
    return firstId(world, JournalIds.INTENT_ID, intentId, JournalIds.CONVERSATION_ID);
  }

  private static @Nullable String firstId(World world, String by, String value, String wanted) {
    return world.journalStore().read(JournalQuery.after(0, LOOKED_AT).with(by, value)).stream()
        .map(entry -> entry.ids().get(wanted))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  Map<String, Object> talkModel(Glass glass) {
    return Map.of("turns", glass.turns(), "running", glass.isRunning());
  }

  Map<String, Object> shelfModel(World world, Glass glass, Choice choice) {
    var model = new HashMap<String, Object>();
    var shelf = Shelf.of(glass);
    model.put("shelf", shelf);
    model.put("conversation", glass.conversation());
    model.put("here", "/console/" + world.name());
    if (shelf.phase().equals("offers")) {
      model.put("pick", pick(world, glass, choice));
    }
    return model;
  }

  /**
   * @param carriage to look at; null for the one the merchant suggests
   */
  record Choice(Set<String> offerIds, @Nullable String seat, @Nullable String carriage) {
    static final Choice NONE = new Choice(Set.of(), null, null);
  }

  Pick pick(World world, Glass glass, Choice choice) {
    var offers = Pick.offers(glass.searches(), choice.offerIds());
    var train = Pick.train(offers);
    if (train == null) {
      return Pick.of(glass.searches(), offers, null, null);
    }
    var seats = seats(world, train.merchantId(), train.offerId(), choice);
    var isThere =
        seats != null && seats.seats().stream().anyMatch(s -> s.name().equals(choice.seat()));
    return Pick.of(glass.searches(), offers, isThere ? choice.seat() : null, seats);
  }

  private static @Nullable SeatPicture seats(
      World world, String merchant, String offerId, Choice choice) {
    var query = new HashMap<>(Map.of("offer", offerId));
    if (choice.carriage() != null) {
      query.put("carriage", choice.carriage());
    }
    try {
      var map = world.part(Merchants.class).get(merchant).seats().map(query);
      return SeatPicture.of(map, choice.seat());
    } catch (Refusal none) {
      // The train may have gone or sold out since; the offer then says so when it is taken.
      return null;
    }
  }
}
