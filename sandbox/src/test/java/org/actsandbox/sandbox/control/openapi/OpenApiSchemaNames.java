package org.actsandbox.sandbox.control.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names the schemas of the OpenAPI document. A nested type has the name of the type around it as a
 * prefix, such as {@code InstrumentShown}, because several nested types may be named {@code Shown}.
 */
final class OpenApiSchemaNames extends TypeNameResolver {

  /** Enclosing types that only group others. */
  private static final Pattern GROUPING_TYPES = Pattern.compile("Views|Messages|Endpoints?$");

  static String of(Class<?> type) {
    return new OpenApiSchemaNames().nameForClass(type, Set.of());
  }

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    var own = type.getSimpleName();
    if (type.getEnclosingClass() == null) {
      return own;
    }
    var around =
        GROUPING_TYPES.matcher(nameForClass(type.getEnclosingClass(), options)).replaceAll("");
    return own.startsWith(around) ? own : around + own;
  }
}
