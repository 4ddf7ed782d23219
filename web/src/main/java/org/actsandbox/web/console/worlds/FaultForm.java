package org.actsandbox.web.console.worlds;

import java.util.Arrays;
import java.util.List;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.Knob;
import org.actsandbox.sandbox.fault.Knob.Choice;
import org.actsandbox.sandbox.fault.Knob.Decimal;
import org.actsandbox.sandbox.fault.Knob.Header;
import org.actsandbox.sandbox.fault.Knob.Whole;
import org.actsandbox.sandbox.proxy.WireProxy;

/**
 * The form of one fault, as its name and knobs say. Words are in the bundles: {@code fault.<code>},
 * {@code fault.<code>.about}, {@code fault.knob.<knob>}, {@code fault.choice.<value>}.
 *
 * @param operation what it usually happens to
 * @param perRequest whether it may happen to some requests only
 * @param wire whether a proxy can do it too
 */
public record FaultForm(
    String code, String operation, boolean perRequest, boolean wire, List<Field> fields) {

  /**
   * @param otherwise what it is when the field stays empty; empty when there is no fixed one
   * @param takes {@code 0 – 60000}; empty for a name or a choice
   * @param choices what can be chosen, the usual one first; empty for what is typed
   */
  public record Field(String name, String otherwise, String takes, List<String> choices) {

    static Field of(Knob knob) {
      return switch (knob) {
        case Whole whole -> typed(knob, whole.min() + " – " + whole.max());
        case Decimal decimal -> typed(knob, decimal.min() + " – " + decimal.max());
        case Choice choice -> new Field(knob.name(), knob.otherwise(), "", choice.values());
        case Header _ -> typed(knob, "");
      };
    }

    private static Field typed(Knob knob, String takes) {
      return new Field(knob.name(), knob.otherwise(), takes, List.of());
    }
  }

  static List<FaultForm> all() {
    return Arrays.stream(FaultName.values()).map(FaultForm::of).toList();
  }

  private static FaultForm of(FaultName name) {
    return new FaultForm(
        name.code(),
        name.operation(),
        name.isPerRequest(),
        WireProxy.POSSIBLE.contains(name),
        name.knobs().stream().map(Field::of).toList());
  }
}
