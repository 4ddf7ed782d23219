package org.actsandbox.web.console.glassbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.picture.SeatPicture;
import org.actsandbox.web.console.principal.Surfaces;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Puts the three panes together, for the page and for its live updates. */
@Component
class GlassBoxes {

  private final Talks talks;
  private final Surfaces surfaces;

  GlassBoxes(Talks talks, Surfaces surfaces) {
    this.talks = talks;
    this.surfaces = surfaces;
  }

  /** The conversation as far as it has come. */
  Glass glass(World world, String conversation) {
    var glass = new Glass(conversation);
    talks.history(world, conversation).forEach(glass::apply);
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

  private @Nullable SeatPicture seats(World world, String merchant, String offerId, Choice choice) {
    var address =
        UriComponentsBuilder.fromPath("/merchants/" + merchant + "/seatmap")
            .queryParam("offer", "{offer}");
    if (choice.carriage() != null) {
      address.queryParam("carriage", "{carriage}");
    }
    var uri = address.encode().buildAndExpand(offerId, choice.carriage());
    try {
      var map = surfaces.get(world, Role.AGENT, uri.toUriString(), SeatMap.class);
      return SeatPicture.of(map, choice.seat());
    } catch (Unexpected none) {
      // The train may have gone or sold out since; the offer then says so when it is taken.
      return null;
    }
  }
}
