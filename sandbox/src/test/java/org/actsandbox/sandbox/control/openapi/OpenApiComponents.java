package org.actsandbox.sandbox.control.openapi;

import org.actsandbox.protocol.operation.Operation;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Says of each operation of the protocol to which component and rule of ACT it belongs. */
@Component
class OpenApiComponents implements GlobalOpenApiCustomizer {

  private static final String WORLD = "/w/{world}";

  @Override
  public void customise(io.swagger.v3.oas.models.OpenAPI document) {
    document
        .getPaths()
        .forEach(
            (path, item) -> {
              if (path.startsWith(WORLD)) {
                item.readOperationsMap()
                    .forEach(
                        (method, described) ->
                            describe(
                                described,
                                Operation.find(method.name(), path.substring(WORLD.length()))));
              }
            });
  }

  private static void describe(io.swagger.v3.oas.models.Operation described, Operation operation) {
    var component = operation.component();
    if (component != null) {
      described.addExtension("x-act-component", component.code());
    }
    var rule = operation.rule();
    if (rule != null) {
      described.addExtension("x-act-rule", rule.number());
    }
  }
}
