package org.actsandbox.agent.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.MerchantLevel;

/** Selects the platforms that a wish is searched on: all of its kind that the principal wants. */
final class PlatformSelection {

  /** Ours: the code of a platform that the principal does not want asked. */
  private static final String UNWANTED = "unwanted";

  /** Ours: the code of a platform that is meant, and that takes orders without a search. */
  private static final String UNSEARCHABLE = "unsearchable";

  private final AgentWorld world;

  PlatformSelection(AgentWorld world) {
    this.world = world;
  }

  /** Returns the platforms to ask for the wish. */
  List<Platform> platforms(Wish wish, PlatformChoice choice, PageOffers pages) {
    var platforms = platforms(wish, pages);
    var sellers = sellers(platforms, wish, pages);
    return platforms.stream().filter(platform -> choice.allows(platform.id(), sellers)).toList();
  }

  /**
   * Returns the platforms that a choice can be about. A gate sells one thing: who bought its report
   * "from tea-gate" has not said where to look for a charger afterwards.
   */
  private static List<String> sellers(List<Platform> platforms, Wish wish, PageOffers pages) {
    return platforms.stream()
        .filter(platform -> isConcerned(platform, wish, pages))
        .map(Platform::id)
        .toList();
  }

  /**
   * Names the platforms that sell the wish and that are not asked: the principal does not want it,
   * or means one that cannot be asked.
   */
  List<SearchResult.SkippedPlatform> notAsked(Wish wish, PlatformChoice choice, PageOffers pages) {
    return Stream.concat(unwanted(wish, choice, pages), unsearchable(wish, choice)).toList();
  }

  private Stream<SearchResult.SkippedPlatform> unwanted(
      Wish wish, PlatformChoice choice, PageOffers pages) {
    var platforms = platforms(wish, pages);
    var sellers = sellers(platforms, wish, pages);
    return platforms.stream()
        .filter(platform -> sellers.contains(platform.id()))
        .filter(platform -> !choice.allows(platform.id(), sellers))
        .map(
            platform ->
                new SearchResult.SkippedPlatform(
                    platform.id(),
                    UNWANTED,
                    AgentPhrases.bilingual("leftout.unwanted", platform.name())));
  }

  private Stream<SearchResult.SkippedPlatform> unsearchable(Wish wish, PlatformChoice choice) {
    return wish instanceof ShopWish
        ? Stream.empty()
        : ordersOnly(wish)
            .filter(platform -> choice.only().contains(platform.id()))
            .map(
                platform ->
                    new SearchResult.SkippedPlatform(
                        platform.id(),
                        UNSEARCHABLE,
                        AgentPhrases.bilingual("leftout.unsearchable", platform.name())));
  }

  private Stream<Platform> ordersOnly(Wish wish) {
    return world.platforms(MerchantLevel.ORDER).stream()
        .filter(platform -> platform.kind() == wish.kindOf());
  }

  /** Goods of shops are also found in catalogs and behind gates; a trip needs an intent. */
  private List<Platform> platforms(Wish wish, PageOffers pages) {
    var platforms = new ArrayList<>(world.platforms(wish.kindOf()));
    if (wish instanceof ShopWish) {
      ordersOnly(wish).forEach(platforms::add);
      if (pages != PageOffers.NONE) {
        platforms.addAll(world.platforms(MerchantLevel.GATE));
      }
    }
    return platforms;
  }

  /** A gate sells one thing, so it is not told of unless it is meant. */
  static boolean isConcerned(Platform platform, Wish wish, PageOffers pages) {
    return platform.level() != MerchantLevel.GATE
        || (wish instanceof ShopWish shop && pages.isNamed(platform, shop));
  }
}
