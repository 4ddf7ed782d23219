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
 * Describes the form of one fault with its parameters. The texts are in the bundles: {@code
 * fault.<code>}, {@code fault.<code>.about}, {@code fault.parameter.<parameter>}, {@code
 * fault.choice.<value>}.
 *
 * @param operation the operation that the fault usually affects
 * @param perRequest true if the fault can be limited to some requests
 * @param wire true if a proxy can cause the fault, too
 */
public record FaultForm(
    String code, String operation, boolean perRequest, boolean wire, List<Field> fields) {

  /**
   * Describes the field of one parameter.
   *
   * @param defaultValue the value used when the field stays empty; empty when there is no fixed one
   * @param range the accepted range, {@code 0 – 60000}; empty for a name or a choice
   * @param choices the values to choose from, the usual one first; empty for a typed value
   */
  public record Field(String name, String defaultValue, String range, List<String> choices) {

    static Field of(FaultParameter faultParameter) {
      return switch (faultParameter) {
        case Whole whole -> typed(faultParameter, whole.min() + " – " + whole.max());
        case Decimal decimal -> typed(faultParameter, decimal.min() + " – " + decimal.max());
        case Choice choice ->
            new Field(faultParameter.name(), faultParameter.defaultValue(), "", choice.values());
        case Header _ -> typed(faultParameter, "");
      };
    }

    private static Field typed(FaultParameter faultParameter, String range) {
      return new Field(faultParameter.name(), faultParameter.defaultValue(), range, List.of());
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
