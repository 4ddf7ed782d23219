package org.actsandbox.agent.task;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/** Why a step's seller is the one that is asked, by the order {@link Bazaar} put them in. */
final class Choice {

  private final Step step;
  private final Function<String, Text> names;

  /**
   * @param names of merchants by their id
   */
  Choice(Step step, Function<String, Text> names) {
    this.step = step;
    this.names = names;
  }

  Text why() {
    var sellers = step.sellers();
    var chosen = step.seller();
    if (sellers.size() == 1) {
      return Phrases.both("task.chosen.only", TaskTeller.title(step));
    }
    if (step.at() > 0) {
      return Phrases.both("task.chosen.after", joined(sellers.subList(0, step.at())));
    }
    var cheapest = sellers.stream().min(Comparator.comparing(Choice::price)).orElseThrow();
    if (price(chosen).moreThan(price(cheapest))) {
      return Phrases.both("task.chosen.grain", name(cheapest), cheapest.price());
    }
    var next = sellers.get(1);
    return price(next).moreThan(price(chosen))
        ? Phrases.both(
            "task.chosen.cheapest", sellers.size(), chosen.price(), name(next), next.price())
        : Phrases.both("task.chosen.same", sellers.size(), chosen.price());
  }

  private static Money price(Seller seller) {
    return Money.of(seller.price(), "CNY");
  }

  private Text name(Seller seller) {
    return names.apply(seller.merchant());
  }

  private Text joined(List<Seller> sellers) {
    var all = sellers.stream().map(this::name).toList();
    return new Text(
        all.stream().map(Text::en).collect(Collectors.joining(", ")),
        all.stream().map(Text::zh).collect(Collectors.joining("、")));
  }
}
