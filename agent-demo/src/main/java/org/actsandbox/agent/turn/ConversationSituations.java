package org.actsandbox.agent.turn;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.PlatformName;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.jspecify.annotations.Nullable;

/** Builds the situation against which the next sentence of a conversation is interpreted. */
final class ConversationSituations {

  private final AgentWorld world;
  private final Conversations conversations;

  ConversationSituations(AgentWorld world, Conversations conversations) {
    this.world = world;
    this.conversations = conversations;
  }

  Situation of(Conversation conversation, @Nullable String forcedLang) {
    var principal = world.principal();
    var interpreterProfile =
        new InterpreterProfile(
            principal.homeCity(),
            principal.homeStation(),
            principal.guests(),
            Lang.of(conversation.lang()),
            !principal.shipTo().isEmpty());
    var understoodWishes = understood(conversation.conversationId());
    return new Situation(
        world.localNow(),
        interpreterProfile,
        forcedLang == null ? null : Lang.of(forcedLang),
        understoodWishes.wishes(),
        understoodWishes.budget(),
        understoodWishes.asked(),
        shown(
            conversation.conversationId(),
            Objects.requireNonNullElse(understoodWishes.discussed(), List.of())),
        Objects.requireNonNullElse(understoodWishes.suggested(), Map.of()),
        understoodWishes.directive(),
        platformNames(),
        understoodWishes.platforms());
  }

  /**
   * Returns the platforms that sell anything, gates too, so that "from tea-gate" means this one.
   */
  private List<PlatformName> platformNames() {
    return Stream.of(MerchantLevel.values())
        .flatMap(level -> world.platforms(level).stream())
        .map(
            platform ->
                new PlatformName(
                    platform.id(),
                    List.of(platform.id(), platform.name().en(), platform.name().zh())))
        .toList();
  }

  /** Returns the merchant's id and both names, because the principal may use any of them. */
  private String merchant(String id) {
    var name = world.nameOf(id);
    return String.join("/", id, name.en(), name.zh());
  }

  UnderstoodWishes understood(String conversation) {
    return conversations
        .understood(conversation)
        .map(UnderstoodWishes::read)
        .orElse(UnderstoodWishes.NOTHING);
  }

  private List<ShownOffer> shown(String conversation, List<String> discussed) {
    var positions = new EnumMap<MerchantKind, Integer>(MerchantKind.class);
    var offers = new ArrayList<ShownOffer>();
    for (var shown :
        conversations
            .shownOffers(conversation)
            .map(Proposal::read)
            .map(Proposal::all)
            .orElse(List.<RankedOffer>of())) {
      var offer = shown.offer();
      int position = positions.merge(offer.kind(), 1, Integer::sum);
      offers.add(
          new ShownOffer(
              offer.offerId(),
              offer.kind(),
              position,
              merchant(offer.merchantId()),
              offer.title().en() + " / " + offer.title().zh(),
              offer.total(),
              offer.currency(),
              offer.details() instanceof OfferDetails.Train train ? train.departs() : null,
              shown.recommended(),
              discussed.contains(offer.offerId())));
    }
    return offers;
  }
}
