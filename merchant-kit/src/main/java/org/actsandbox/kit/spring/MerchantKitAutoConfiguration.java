package org.actsandbox.kit.spring;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Files;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
import org.actsandbox.kit.servlet.A402Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Puts a gate before the paid paths of a Spring Boot application with servlets, when {@code
 * merchant-kit.price} is set. Each bean gives way to one of the application's own.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@ConditionalOnProperty("merchant-kit.price")
@EnableConfigurationProperties(MerchantKitProperties.class)
public class MerchantKitAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  MerchantSettings merchantSettings(MerchantKitProperties properties) throws IOException {
    return Files.exists(properties.settings())
        ? MerchantSettings.read(properties.settings())
        : MerchantSettings.fromEnvironment();
  }

  @Bean
  @ConditionalOnMissingBean
  DeliveryStore deliveryStore(MerchantKitProperties properties) throws IOException {
    var folder = properties.deliveries();
    return folder == null ? DeliveryStore.inMemory() : new FolderDeliveryStore(folder);
  }

  @Bean
  @ConditionalOnMissingBean
  A402Gate merchantGate(
      MerchantKitProperties properties, MerchantSettings settings, DeliveryStore deliveries) {
    return A402Gate.builder(settings)
        .price(String.valueOf(properties.price()))
        .deliveries(deliveries)
        .build();
  }

  @Bean
  @ConditionalOnMissingBean
  A402Filter merchantGateFilter(MerchantKitProperties properties, A402Gate gate) {
    return new A402Filter(gate, properties.paths());
  }
}
