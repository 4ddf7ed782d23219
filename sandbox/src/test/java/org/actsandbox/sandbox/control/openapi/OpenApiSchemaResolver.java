package org.actsandbox.sandbox.control.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns types into schemas of the OpenAPI document. The document's JSON library must name fields as
 * the protocol's mapper does. A {@code JsonNode}, which keeps a message as it was signed, has the
 * schema that {@link SignedFieldTypes} gives it, or is described as any JSON.
 */
final class OpenApiSchemaResolver extends ModelResolver {

  /** The records behind the schemas, by name of the schema. */
  private static final Map<String, Class<?>> RECORDS = new ConcurrentHashMap<>();

  OpenApiSchemaResolver() {
    super(
        Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
        new OpenApiSchemaNames());
  }

  static Map<String, Class<?>> records() {
    return Map.copyOf(RECORDS);
  }

  /** Returns the name of a field on the wire, which an annotation may set. */
  private static String wireName(RecordComponent component) {
    var named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null ? wireName(component.getName()) : named.value();
  }

  static String wireName(String component) {
    return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component);
  }

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    var raw = TypeFactory.defaultInstance().constructType(type.getType());
    if (raw.isTypeOrSubTypeOf(JsonNode.class) || raw.getRawClass() == Object.class) {
      return new Schema<>();
    }
    if (raw.getRawClass().isAnnotationPresent(JsonSubTypes.class)) {
      return union(raw.getRawClass(), type, context);
    }
    var schema = super.resolve(type, context, next);
    if (schema != null && raw.getRawClass().isRecord()) {
      var described = described(schema, context);
      if (described.getName() != null) {
        RECORDS.putIfAbsent(described.getName(), raw.getRawClass());
      }
      require(raw.getRawClass(), described);
      keepSigned(raw.getRawClass(), described, context);
    }
    return schema;
  }

  /** Describes a type with several forms as exactly one of them, told apart by a property. */
  private @Nullable Schema<?> union(
      Class<?> type, AnnotatedType asked, ModelConverterContext context) {
    var name = OpenApiSchemaNames.of(type);
    var reference = new Schema<>().$ref("#/components/schemas/" + name);
    if (!context.getDefinedModels().containsKey(name)) {
      var property = type.getAnnotation(JsonTypeInfo.class).property();
      var discriminator = new Discriminator().propertyName(property);
      Schema<?> union = new Schema<>().name(name).discriminator(discriminator);
      RECORDS.putIfAbsent(name, type);
      context.defineModel(name, union);
      for (var form : type.getAnnotation(JsonSubTypes.class).value()) {
        var formReference = context.resolve(new AnnotatedType(form.value()).resolveAsRef(true));
        union.addOneOfItem(new Schema<>().$ref(formReference.get$ref()));
        discriminator.mapping(form.name(), formReference.get$ref());
      }
    }
    return asked.isResolveAsRef() || asked.isSchemaProperty()
        ? reference
        : context.getDefinedModels().get(name);
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
  private static void require(Class<?> message, Schema<?> schema) {
    var fields = schema.getProperties();
    if (fields == null) {
      return;
    }
    schema.setRequired(
        Arrays.stream(message.getRecordComponents())
            .filter(each -> !each.getAnnotatedType().isAnnotationPresent(Nullable.class))
            .map(OpenApiSchemaResolver::wireName)
            .filter(fields::containsKey)
            .toList());
  }

  /** Gives fields that are kept as they were signed the schema of their message. */
  private static void keepSigned(
      Class<?> message, Schema<?> schema, ModelConverterContext context) {
    SignedFieldTypes.of(message)
        .forEach(
            (component, type) -> {
              var reference = context.resolve(new AnnotatedType(type).resolveAsRef(true));
              schema.addProperty(wireName(component), new Schema<>().$ref(reference.get$ref()));
            });
  }
}
