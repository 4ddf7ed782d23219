package org.actsandbox.agent.task;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * Words why a step asks this seller and not another one, by the order in which {@link
 * SellerCatalogs} lists them.
 */
final class SellerChoiceReason {

  private final TaskStep taskStep;
  private final Function<String, Text> names;

  /**
   * @param names the names of merchants by their id
   */
  SellerChoiceReason(TaskStep taskStep, Function<String, Text> names) {
    this.taskStep = taskStep;
    this.names = names;
  }

  Text why() {
    var sellerServices = taskStep.sellers();
    var chosen = taskStep.seller();
    if (sellerServices.size() == 1) {
      return AgentPhrases.bilingual("task.chosen.only", TaskNarrator.title(taskStep));
    }
    if (taskStep.at() > 0) {
      return AgentPhrases.bilingual(
          "task.chosen.after", joined(sellerServices.subList(0, taskStep.at())));
    }
    var cheapest =
        sellerServices.stream().min(Comparator.comparing(SellerChoiceReason::price)).orElseThrow();
    if (price(chosen).moreThan(price(cheapest))) {
      return AgentPhrases.bilingual("task.chosen.grain", name(cheapest), cheapest.price());
    }
    var next = sellerServices.get(1);
    return price(next).moreThan(price(chosen))
        ? AgentPhrases.bilingual(
            "task.chosen.cheapest", sellerServices.size(), chosen.price(), name(next), next.price())
        : AgentPhrases.bilingual("task.chosen.same", sellerServices.size(), chosen.price());
  }

  private static Money price(SellerService sellerService) {
    return Money.of(sellerService.price(), "CNY");
  }

  private Text name(SellerService sellerService) {
    return names.apply(sellerService.merchant());
  }

  private Text joined(List<SellerService> sellerServices) {
    var all = sellerServices.stream().map(this::name).toList();
    return new Text(
        all.stream().map(Text::en).collect(Collectors.joining(", ")),
        all.stream().map(Text::zh).collect(Collectors.joining("、")));
  }
}
