package org.actsandbox.sandbox.control.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.edge.access.RequiredControlKey;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes in the OpenAPI document what each operation does and which key it requires, as the edge
 * checks it. Each role has a security scheme of its own.
 */
@Component
class OpenApiAccess implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {

  static final String ADMIN_KEY = "adminKey";

  private static final String NEEDS = "Needs ";

  private final SourceComments comments = new SourceComments();

  /** Returns the name of the security scheme for keys of a role, such as {@code agentKey}. */
  static String scheme(Role role) {
    return role.code() + "Key";
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    var endpointSummary = method.getMethodAnnotation(EndpointSummary.class);
    if (endpointSummary != null) {
      operation.setSummary(endpointSummary.value());
    }
    operation.setDescription(
        comments.of(method.getBeanType(), method.getMethod().getName()).text());
    open(operation);
    Arrays.stream(method.getMethodParameters())
        .map(each -> each.getParameterAnnotation(AllowedRoles.class))
        .filter(Objects::nonNull)
        .forEach(only -> onlyFor(operation, only.value()));
    return operation;
  }

  /**
   * Describes the keys of the control API, which are checked by path, before an endpoint is found.
   */
  @Override
  public void customise(OpenAPI document) {
    document
        .getPaths()
        .forEach(
            (path, item) -> {
              if (path.startsWith("/api/")) {
                item.readOperations().forEach(each -> control(each, RequiredControlKey.of(path)));
              }
            });
  }

  private static void control(Operation operation, RequiredControlKey key) {
    switch (key) {
      case NONE -> open(operation);
      case OPERATOR -> onlyFor(operation, Role.OPERATOR);
      case ADMIN -> {
        key(
            operation,
            "Needs no key on loopback; the start token or the admin key where others can reach the"
                + " server.");
        operation.setSecurity(
            List.of(new SecurityRequirement(), new SecurityRequirement().addList(ADMIN_KEY)));
      }
      case OWNER -> {
        key(operation, "Needs the start token or the admin key.");
        operation.setSecurity(List.of(new SecurityRequirement().addList(ADMIN_KEY)));
      }
    }
  }

  private static void open(Operation operation) {
    key(operation, "Needs no key.");
    operation.setSecurity(List.of());
  }

  private static void onlyFor(Operation operation, Role... roles) {
    key(
        operation,
        Arrays.stream(roles)
            .map(Role::code)
            .collect(Collectors.joining(" or ", "Needs a key of role ", ".")));
    operation.setSecurity(
        Arrays.stream(roles).map(role -> new SecurityRequirement().addList(scheme(role))).toList());
  }

  /** Replaces the sentence about the key, which is the last one of the description. */
  private static void key(Operation operation, String sentence) {
    var before = Objects.requireNonNullElse(operation.getDescription(), "");
    int key = before.lastIndexOf(NEEDS);
    operation.setDescription(
        ((key < 0 ? before : before.substring(0, key)).strip() + "\n\n" + sentence).strip());
  }
}
