package org.actsandbox.agent.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.seller.ServiceAnnouncements;
import org.actsandbox.agent.task.TaskBrief.Topic;
import org.actsandbox.agent.task.TaskStep.Kind;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans the services of a task from what seller agents announce in their catalogs. */
final class SellerCatalogs {

  private static final Logger LOG = LoggerFactory.getLogger(SellerCatalogs.class);

  private final List<SellerService> sellerServices;

  private SellerCatalogs(List<SellerService> sellerServices) {
    this.sellerServices = sellerServices;
  }

  /** Fetches all catalogs; another seller may have what a silent one has. */
  static SellerCatalogs fetch(AgentWorld world, AgentHttpClient agentHttpClient, Duration timeout) {
    var announcements = ServiceAnnouncements.fetch(world, agentHttpClient, timeout);
    announcements.silent().forEach((seller, why) -> LOG.info("{} is left out: {}", seller, why));
    return new SellerCatalogs(
        announcements.services().stream()
            .map(
                each ->
                    new SellerService(
                        each.platform().id(), each.service(), each.price(), each.attributes()))
            .toList());
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
