package org.actsandbox.agent.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.task.Brief.Topic;
import org.actsandbox.agent.task.Step.Kind;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.agent.wire.Words;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What seller agents announce in their catalogs; looking costs nothing. */
final class Bazaar {

  private static final Logger LOG = LoggerFactory.getLogger(Bazaar.class);
  private static final int MAX_ATTRIBUTE = 2_000;

  private final List<Seller> sellers;

  private Bazaar(List<Seller> sellers) {
    this.sellers = sellers;
  }

  /** A seller that does not answer, or not in form, is not in it. */
  static Bazaar look(AgentWorld world, Calls calls, Duration timeout) {
    var found = new ArrayList<Seller>();
    for (var platform : world.platforms(org.actsandbox.protocol.commerce.Kind.SERVICE)) {
      try {
        Calls.body(platform, calls.get(platform.at("/catalog?limit=20"), "", timeout))
            .path("items")
            .valueStream()
            .flatMap(entry -> seller(platform, entry).stream())
            .forEach(found::add);
      } catch (Unanswered | Refused absent) {
        // Others may have it; if nobody has, the plan says so.
        LOG.info("{} is left out: {}", platform.id(), absent.getMessage());
      }
    }
    return new Bazaar(List.copyOf(found));
  }

  /** Incomplete entries are not bought (CID-1). */
  private static Optional<Seller> seller(Platform platform, JsonNode entry) {
    var id = entry.path("id").asString("");
    var price = entry.path("price").asString("");
    if (!id.matches("[a-z0-9-]{1,32}")
        || !price.matches("[0-9]{1,6}\\.[0-9]{2}")
        || !entry.path("currency").asString("").equals("CNY")
        || entry.path("available").asInt(1) == 0) {
      return Optional.empty();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    entry
        .path("attributes")
        .properties()
        .forEach(
            each ->
                attributes.put(
                    each.getKey(), Words.plain(each.getValue().asString(""), MAX_ATTRIBUTE)));
    return Optional.of(new Seller(platform.id(), id, price, attributes));
  }

  /** Everything somebody has quotes of, as {@code coffee=咖啡, iron-ore=铁矿石}. */
  List<Topic> topics() {
    var topics = new LinkedHashMap<String, Topic>();
    for (var seller : sellers) {
      for (var pair : seller.attribute("symbols").split(",", -1)) {
        var sides = pair.strip().split("=", 2);
        if (sides.length == 2 && sides[0].matches("[a-z0-9-]{1,32}")) {
          topics.putIfAbsent(
              sides[0], new Topic(sides[0], new Text(sides[0].replace('-', ' '), sides[1])));
        }
      }
    }
    return List.copyOf(topics.values());
  }

  /** What the brief takes, in the order it is bought; sellers by price, the capable only. */
  List<Step> plan(Brief brief) {
    var steps = new ArrayList<Step>();
    for (var topic : brief.topics()) {
      steps.add(
          Step.of(
              "quotes:" + topic.symbol(),
              Kind.QUOTES,
              topic.symbol(),
              quotes(topic, brief.days())));
    }
    if (brief.summary().equals("zh")) {
      steps.add(Step.of("translate", Kind.TRANSLATE, "zh", of("translate", Bazaar::byGrain)));
    }
    steps.add(Step.of("report", Kind.REPORT, "", of("report", byPrice())));
    return steps;
  }

  private List<Seller> quotes(Topic topic, int days) {
    return of("quotes", byPrice()).stream()
        .filter(seller -> history(seller) >= days)
        .filter(seller -> seller.attribute("symbols").contains(topic.symbol() + "="))
        .toList();
  }

  private static int history(Seller seller) {
    var days = seller.attribute("history_days");
    return days.matches("[0-9]{1,5}") ? Integer.parseInt(days) : 0;
  }

  /** Sentences are wanted; words alone only when nobody else is left. */
  private static int byGrain(Seller a, Seller b) {
    boolean first = a.attribute("grain").equals("sentences");
    boolean second = b.attribute("grain").equals("sentences");
    return first == second ? byPrice().compare(a, b) : first ? -1 : 1;
  }

  private static Comparator<Seller> byPrice() {
    return Comparator.<Seller, Money>comparing(seller -> Money.of(seller.price(), "CNY"))
        .thenComparing(Seller::merchant);
  }

  private List<Seller> of(String service, Comparator<Seller> order) {
    return sellers.stream()
        .filter(seller -> seller.service().equals(service))
        .sorted(order)
        .toList();
  }
}
