package org.actsandbox.web.console.glassbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.picture.SeatPicture;
import org.actsandbox.web.console.port.MerchantReader;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Builds the three panes of the glass box for the page and for its live updates. */
@Component
class GlassBoxPanes {

  private static final int MOST_ENTRIES = 100;

  private final AgentConversationClient agentConversationClient;
  private final MerchantReader merchantReader;

  GlassBoxPanes(AgentConversationClient agentConversationClient, MerchantReader merchantReader) {
    this.agentConversationClient = agentConversationClient;
    this.merchantReader = merchantReader;
  }

  /** Builds the state of a conversation of the principal. */
  ConversationProjection projection(World world, Caller principal, String conversation) {
    var conversationProjection = new ConversationProjection(conversation);
    agentConversationClient
        .history(world, principal, conversation)
        .forEach(conversationProjection::apply);
    return conversationProjection;
  }

  private ConversationProjection observedProjection(World world, String conversation) {
    var conversationProjection = new ConversationProjection(conversation);
    agentConversationClient
        .historyForObserver(world, conversation)
        .forEach(conversationProjection::apply);
    return conversationProjection;
  }

  MessagesPane messages(
      World world, ConversationProjection conversationProjection, PageText pageText, long until) {
    var messagesPane = new MessagesPane(pageText);
    for (var entry :
        MessagesPane.relevantEntries(world.journalStore(), conversationProjection, until)) {
      if (messagesPane.add(entry)) {
        messagesPane.addLanes(entry);
      }
    }
    return messagesPane;
  }

  /**
   * Is a world as an observer sees it: its newest conversation and all its messages.
   *
   * @param conversation the newest conversation; an empty one where there is none
   */
  record ObservedWorld(ConversationProjection conversation, MessagesPane messages) {}

  GlassBoxPanes.ObservedWorld observe(World world, PageText pageText, long until) {
    var messagesPane = new MessagesPane(pageText);
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
        if (messagesPane.add(entry)) {
          messagesPane.addLanes(entry);
        }
      }
    }
    return new GlassBoxPanes.ObservedWorld(
        conversation.isEmpty()
            ? new ConversationProjection("")
            : observedProjection(world, conversation),
        messagesPane);
  }

  /**
   * Finds the conversation of a payment in the journal: the payment's entries name the conversation
   * or the intent, and the intent's entries name the conversation. Null if none is found.
   */
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
    return world.journalStore().read(JournalQuery.after(0, MOST_ENTRIES).with(by, value)).stream()
        .map(entry -> entry.ids().get(wanted))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  Map<String, Object> conversationModel(ConversationProjection conversationProjection) {
    var model = new HashMap<>(statusModel(conversationProjection));
    model.put("turns", conversationProjection.turns());
    model.put("conversation", conversationProjection.conversation());
    return model;
  }

  /** Returns what a screen reader is told about the agent and about what has arrived. */
  static Map<String, Object> statusModel(ConversationProjection conversationProjection) {
    var offersPane = OffersPane.of(conversationProjection);
    return Map.of(
        "running",
        conversationProjection.isRunning(),
        "waits",
        conversationProjection.waitsForPrincipal(),
        "paused",
        conversationProjection.isPaused(),
        "arrived",
        offersPane.phase(),
        "offerCount",
        offersPane.offerCount());
  }

  Map<String, Object> offersModel(
      World world,
      ConversationProjection conversationProjection,
      Choice choice,
      PageText pageText) {
    var model = new HashMap<String, Object>();
    var offersPane = OffersPane.of(conversationProjection);
    model.put("offersPane", offersPane);
    model.put("trip", TripStop.of(offersPane.current(), pageText));
    model.put("conversation", conversationProjection.conversation());
    model.put("here", "/console/" + world.name());
    if (offersPane.phase().equals("offers")) {
      model.put("choice", pick(world, conversationProjection, choice));
    }
    return model;
  }

  /**
   * Holds the reader's choice of offers, seat and carriage.
   *
   * @param seat the chosen seat; null for the one that suits the wish, {@link #ANY_SEAT} if the
   *     merchant shall choose
   * @param carriage the carriage to show; null for the one that the merchant suggests
   */
  record Choice(Set<String> offerIds, @Nullable String seat, @Nullable String carriage) {
    /** The reader wants no certain seat. */
    static final String ANY_SEAT = "any";

    static final Choice NONE = new Choice(Set.of(), null, null);
  }

  OfferSelection pick(World world, ConversationProjection conversationProjection, Choice choice) {
    var offers = OfferSelection.offers(conversationProjection.searches(), choice.offerIds());
    var rest =
        OfferSelection.TripRest.of(
            conversationProjection.searches(), conversationProjection.limit());
    var train = OfferSelection.train(offers);
    if (train == null) {
      return OfferSelection.of(offers, null, null, rest);
    }
    var map = seatMap(world, train, choice);
    if (map == null) {
      return OfferSelection.of(offers, null, null, rest);
    }
    var seat = choice.seat() == null ? suggestion(map, train) : choice.seat();
    var seats = SeatPicture.of(map, seat);
    var isThere = seats.seats().stream().anyMatch(s -> s.free() && s.name().equals(seat));
    return OfferSelection.of(offers, isThere ? seat : null, seats, rest);
  }

  /**
   * Returns the first free seat of the position that the offer promises; null where no position was
   * wished for, and for several passengers, whose seats the merchant keeps together.
   */
  private static @Nullable String suggestion(SeatMap map, Offer offer) {
    if (!(offer.details() instanceof OfferDetails.Train train)
        || train.position() == null
        || offer.quantity() != 1) {
      return null;
    }
    return SeatPicture.of(map, null).seats().stream()
        .filter(seat -> seat.free() && seat.position().equals(train.position()))
        .map(SeatPicture.Seat::name)
        .findFirst()
        .orElse(null);
  }

  private @Nullable SeatMap seatMap(World world, Offer offer, Choice choice) {
    var query = new HashMap<>(Map.of("offer", offer.offerId()));
    if (choice.carriage() != null) {
      query.put("carriage", choice.carriage());
    }
    try {
      return merchantReader.seatMap(world, offer.merchantId(), query);
    } catch (Refusal none) {
      // The train may have left or sold out meanwhile. The reader is told so when the offer is
      // chosen.
      return null;
    }
  }
}
