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
import org.actsandbox.agent.task.TaskBrief.Topic;
import org.actsandbox.agent.task.TaskStep.Kind;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads what seller agents announce in their catalogs and plans from it the services of a task;
 * reading a catalog costs nothing.
 */
final class SellerCatalogs {

  private static final Logger LOG = LoggerFactory.getLogger(SellerCatalogs.class);
  private static final int MAX_ATTRIBUTE = 2_000;

  private final List<SellerService> sellerServices;

  private SellerCatalogs(List<SellerService> sellerServices) {
    this.sellerServices = sellerServices;
  }

  /**
   * Fetches all catalogs. A seller that does not answer, or answers in another form, is left out.
   */
  static SellerCatalogs fetch(AgentWorld world, AgentHttpClient agentHttpClient, Duration timeout) {
    var found = new ArrayList<SellerService>();
    for (var platform : world.platforms(MerchantKind.SERVICE)) {
      try {
        AgentHttpClient.body(
                platform, agentHttpClient.get(platform.at("/catalog?limit=20"), "", timeout))
            .path("items")
            .valueStream()
            .flatMap(entry -> seller(platform, entry).stream())
            .forEach(found::add);
      } catch (NoAnswerException | ParticipantRefusal absent) {
        // Other sellers may have the service; when none has it, the plan says so.
        LOG.info("{} is left out: {}", platform.id(), absent.getMessage());
      }
    }
    return new SellerCatalogs(List.copyOf(found));
  }

  /** Reads one entry; an incomplete entry is never bought (CID-1). */
  private static Optional<SellerService> seller(Platform platform, JsonNode entry) {
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
                    each.getKey(),
                    UntrustedText.sanitize(each.getValue().asString(""), MAX_ATTRIBUTE)));
    return Optional.of(new SellerService(platform.id(), id, price, attributes));
  }

  /**
   * Returns all topics that a seller has quotes of; a catalog lists them as {@code coffee=咖啡,
   * iron-ore=铁矿石}.
   */
  List<Topic> topics() {
    var topics = new LinkedHashMap<String, Topic>();
    sellerServices.forEach(
        sellerService ->
            topics(sellerService).forEach(topic -> topics.putIfAbsent(topic.symbol(), topic)));
    return List.copyOf(topics.values());
  }

  /** Returns the topics that this service has quotes of, each with its name in both languages. */
  static List<Topic> topics(SellerService sellerService) {
    var topics = new ArrayList<Topic>();
    for (var pair : sellerService.attribute("symbols").split(",", -1)) {
      var sides = pair.strip().split("=", 2);
      if (sides.length == 2 && sides[0].matches("[a-z0-9-]{1,32}")) {
        topics.add(new Topic(sides[0], new Text(sides[0].replace('-', ' '), sides[1])));
      }
    }
    return topics;
  }

  /**
   * Plans the services that the brief needs, in the order of purchase. Each step lists only the
   * sellers that are able to do it, the best first.
   */
  List<TaskStep> plan(TaskBrief taskBrief) {
    var taskSteps = new ArrayList<TaskStep>();
    for (var topic : taskBrief.topics()) {
      taskSteps.add(
          TaskStep.of(
              "quotes:" + topic.symbol(),
              Kind.QUOTES,
              topic.symbol(),
              quotes(topic, taskBrief.days())));
    }
    if (taskBrief.summary().equals("zh")) {
      taskSteps.add(
          TaskStep.of(
              "translate", Kind.TRANSLATE, "zh", servicesOf("translate", SellerCatalogs::byGrain)));
    }
    taskSteps.add(TaskStep.of("report", Kind.REPORT, "", servicesOf("report", byPrice())));
    return taskSteps;
  }

  private List<SellerService> quotes(Topic topic, int days) {
    return servicesOf("quotes", byPrice()).stream()
        .filter(sellerService -> history(sellerService) >= days)
        .filter(sellerService -> sellerService.attribute("symbols").contains(topic.symbol() + "="))
        .toList();
  }

  private static int history(SellerService sellerService) {
    var days = sellerService.attribute("history_days");
    return days.matches("[0-9]{1,5}") ? Integer.parseInt(days) : 0;
  }

  /**
   * Translations of whole sentences come first; word for word is for when no other seller is left.
   */
  private static int byGrain(SellerService a, SellerService b) {
    boolean first = a.attribute("grain").equals("sentences");
    boolean second = b.attribute("grain").equals("sentences");
    return first == second ? byPrice().compare(a, b) : first ? -1 : 1;
  }

  private static Comparator<SellerService> byPrice() {
    return Comparator.<SellerService, Money>comparing(
            sellerService -> Money.of(sellerService.price(), "CNY"))
        .thenComparing(SellerService::merchant);
  }

  private List<SellerService> servicesOf(String service, Comparator<SellerService> order) {
    return sellerServices.stream()
        .filter(sellerService -> sellerService.service().equals(service))
        .sorted(order)
        .toList();
  }
}
