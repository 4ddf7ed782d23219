package org.actsandbox.sandbox.control.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns types into schemas of the OpenAPI document. The document's JSON library must name fields as
 * the protocol's mapper does. A {@code JsonNode}, which keeps a message as it was signed, is
 * described as any JSON.
 */
final class OpenApiSchemaResolver extends ModelResolver {

  OpenApiSchemaResolver() {
    super(
        Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
        new OpenApiSchemaNames());
  }

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    var raw = TypeFactory.defaultInstance().constructType(type.getType());
    if (raw.isTypeOrSubTypeOf(JsonNode.class)) {
      return new Schema<>();
    }
    var schema = super.resolve(type, context, next);
    if (schema != null && raw.getRawClass().isRecord()) {
      require(raw.getRawClass(), described(schema, context));
    }
    return schema;
  }

  private static Schema<?> described(Schema<?> schema, ModelConverterContext context) {
    var reference = schema.get$ref();
    return reference == null
        ? schema
        : context
            .getDefinedModels()
            .getOrDefault(reference.substring(reference.lastIndexOf('/') + 1), schema);
  }

  /** Marks the fields that are always present: only nullable fields are left out of messages. */
  private void require(Class<?> message, Schema<?> schema) {
    var fields = schema.getProperties();
    if (fields == null) {
      return;
    }
    schema.setRequired(
        Arrays.stream(message.getRecordComponents())
            .filter(each -> !each.getAnnotatedType().isAnnotationPresent(Nullable.class))
            .map(
                each ->
                    PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(each.getName()))
            .filter(fields::containsKey)
            .toList());
  }
}
