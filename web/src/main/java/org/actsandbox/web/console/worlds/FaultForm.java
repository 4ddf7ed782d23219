package org.actsandbox.web.console.worlds;

import java.util.Arrays;
import java.util.List;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.FaultParameter;
import org.actsandbox.sandbox.fault.FaultParameter.Choice;
import org.actsandbox.sandbox.fault.FaultParameter.Decimal;
import org.actsandbox.sandbox.fault.FaultParameter.Header;
import org.actsandbox.sandbox.fault.FaultParameter.Whole;
import org.actsandbox.sandbox.proxy.FaultProxy;

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

    static Field of(FaultParameter faultParameter) {
      return switch (faultParameter) {
        case Whole whole -> typed(faultParameter, whole.min() + " – " + whole.max());
        case Decimal decimal -> typed(faultParameter, decimal.min() + " – " + decimal.max());
        case Choice choice ->
            new Field(faultParameter.name(), faultParameter.defaultValue(), "", choice.values());
        case Header _ -> typed(faultParameter, "");
      };
    }

    private static Field typed(FaultParameter faultParameter, String takes) {
      return new Field(faultParameter.name(), faultParameter.defaultValue(), takes, List.of());
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
        FaultProxy.POSSIBLE.contains(name),
        name.parameters().stream().map(Field::of).toList());
  }
}
