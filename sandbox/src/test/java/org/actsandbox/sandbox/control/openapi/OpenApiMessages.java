package org.actsandbox.sandbox.control.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.actsandbox.protocol.http.KnownQueryParameters;
import org.actsandbox.protocol.http.WireMessages;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes in the OpenAPI document the messages that endpoints read and write as bytes, and the
 * queries that they read as a whole.
 */
@Component
class OpenApiMessages implements GlobalOperationComponentsCustomizer {

  private static final String OK = "200";

  /** One for all, because it keeps what it has found out about a type. */
  private static final ModelConverters CONVERTERS = converters();

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    // Messages need the components, which the other overload provides.
    return operation;
  }

  @Override
  public Operation customize(Operation operation, Components components, HandlerMethod method) {
    for (var parameter : method.getMethodParameters()) {
      var knownQueryParameters = parameter.getParameterAnnotation(KnownQueryParameters.class);
      if (knownQueryParameters != null) {
        query(operation, parameter.getParameter().getName(), knownQueryParameters);
      }
    }
    var wire = method.getMethodAnnotation(WireMessages.class);
    if (wire != null) {
      if (wire.takes() != Void.class) {
        operation.setRequestBody(
            new RequestBody()
                .required(isRequired(operation.getRequestBody()))
                .content(json(schema(components, wire.takes()))));
      }
      answers(operation, components, wire);
    }
    return operation;
  }

  /** Replaces a parameter that stands for the whole query by the names that it may contain. */
  private static void query(
      Operation operation, String whole, KnownQueryParameters knownQueryParameters) {
    operation.getParameters().removeIf(each -> each.getName().equals(whole));
    for (var name : knownQueryParameters.value()) {
      operation.addParametersItem(new QueryParameter().name(name).schema(new StringSchema()));
    }
  }

  private static boolean isRequired(@Nullable RequestBody body) {
    return body != null && Boolean.TRUE.equals(body.getRequired());
  }

  private static void answers(Operation operation, Components components, WireMessages wire) {
    var responses = operation.getResponses();
    var okResponse = responses.get(OK);
    var content =
        wire.answers() != Void.class
            ? json(schema(components, wire.answers()))
            : okResponse == null ? null : okResponse.getContent();
    if (okResponse != null) {
      okResponse.setContent(content);
    }
    if (wire.status().length > 0) {
      responses.remove(OK);
    }
    for (int status : wire.status()) {
      responses.addApiResponse(
          String.valueOf(status),
          new ApiResponse()
              .description(HttpStatus.valueOf(status).getReasonPhrase())
              // The body of a 402 is for people, the bill is in Payment-Needed (A402-1).
              .content(status == HttpStatus.PAYMENT_REQUIRED.value() ? null : content));
    }
  }

  private static Content json(Schema<?> schema) {
    return new Content().addMediaType("application/json", new MediaType().schema(schema));
  }

  private static Schema<?> schema(Components components, Class<?> type) {
    var resolved = resolved(type);
    resolved.referencedSchemas.forEach(components::addSchemas);
    return resolved.schema;
  }

  private static ModelConverters converters() {
    var converters = new ModelConverters(true);
    converters.addConverter(new OpenApiSchemaResolver());
    return converters;
  }

  /** Returns a reference to the type's schema, and the schemas that it refers to. */
  static ResolvedSchema resolved(Class<?> type) {
    return CONVERTERS.resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
  }
}
