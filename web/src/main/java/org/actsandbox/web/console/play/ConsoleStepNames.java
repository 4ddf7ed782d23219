package org.actsandbox.web.console.play;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.scenarios.explain.StepNames;
import org.actsandbox.web.console.words.PageMessages;
import org.actsandbox.web.console.words.PageText;
import org.actsandbox.web.console.words.ParticipantNames;
import org.springframework.context.MessageSource;

/** Names in the console's words what the steps of a scenario write as ids. */
public final class ConsoleStepNames implements StepNames {

  public static final StepNames NAMES = new ConsoleStepNames(PageMessages.open());

  /** The participants other than merchants, by the first part of their paths. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "psp", "sandbox-pay",
          "trust", "sandbox-trust",
          "delegations", "sandbox-delegations",
          "credit", "sandbox-credit",
          "credit-issuer", "sandbox-credit-issuer",
          "credit-verifier", "sandbox-credit-verifier");

  private final PageText en;
  private final PageText zh;

  private ConsoleStepNames(MessageSource messages) {
    this.en = new PageText(messages, Locale.ENGLISH, ZoneOffset.UTC);
    this.zh = new PageText(messages, Locale.CHINESE, ZoneOffset.UTC);
  }

  @Override
  public Text participant(String id) {
    return ParticipantNames.of(id.equals("operator") ? id : "did:act:" + id);
  }

  @Override
  public Text request(String method, String path) {
    var concrete = path.replaceAll("\\$\\{[^}]*}", "x");
    var operation = operation(method, concrete);
    var receiver = receiver(concrete);
    return new Text(
        operation.en() + " (" + receiver.en() + ")", operation.zh() + "（" + receiver.zh() + "）");
  }

  @Override
  public Text faultyRequest(String participant, String operation) {
    var parts = operation.split(" ", 2);
    if (parts[parts.length - 1].equals("/**")) {
      return say("steps.request.any");
    }
    return operation(parts[0], address(participant) + parts[parts.length - 1].replace('*', 'x'));
  }

  @Override
  public Text fault(String name) {
    return say("fault." + name);
  }

  @Override
  public Text event(String type) {
    return say("record.event." + type.substring(type.lastIndexOf(':') + 1));
  }

  private Text operation(String method, String path) {
    var operation = Operation.find(method, path);
    var other = say("steps.request.other");
    var key = "operation." + operation.messageKey();
    return new Text(en.sayOr(key, other.en()), zh.sayOr(key, other.zh()));
  }

  private static String address(String participant) {
    return SERVICES.entrySet().stream()
        .filter(service -> service.getValue().equals(participant))
        .map(service -> "/" + service.getKey())
        .findFirst()
        .orElse("/merchants/" + participant);
  }

  private Text receiver(String path) {
    var parts = path.split("[/?]", -1);
    if (parts.length > 2 && (parts[1].equals("merchants") || parts[1].equals("agents"))) {
      return participant(parts[2]);
    }
    return participant(SERVICES.getOrDefault(parts.length > 1 ? parts[1] : "", "sandbox"));
  }

  private Text say(String key) {
    return new Text(en.say(key), zh.say(key));
  }
}
