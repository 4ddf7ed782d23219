package org.actsandbox.sandbox.control.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of schemas in the OpenAPI document. Nested types are named after the one around them,
 * {@code InstrumentShown}: by their own name alone one {@code Shown} would stand for all.
 */
final class OpenApiSchemaNames extends TypeNameResolver {

  /** Types around others that only keep them together. */
  private static final Pattern DRAWERS = Pattern.compile("Views|Messages|Endpoints?$");

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    var own = type.getSimpleName();
    if (type.getEnclosingClass() == null) {
      return own;
    }
    var around = DRAWERS.matcher(nameForClass(type.getEnclosingClass(), options)).replaceAll("");
    return own.startsWith(around) ? own : around + own;
  }
}
