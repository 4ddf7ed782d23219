package org.actsandbox.sandbox.control;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import tools.jackson.databind.JsonNode;

/**
 * Types as schemas of the OpenAPI document. Its own JSON library must spell fields as the
 * protocol's mapper does; what is kept as it came, because that is what was signed, is any JSON.
 */
final class OpenApiResolver extends ModelResolver {

  OpenApiResolver() {
    super(
        Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
        new OpenApiNames());
  }

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    var raw = TypeFactory.defaultInstance().constructType(type.getType());
    return raw.isTypeOrSubTypeOf(JsonNode.class)
        ? new Schema<>()
        : super.resolve(type, context, next);
  }
}
