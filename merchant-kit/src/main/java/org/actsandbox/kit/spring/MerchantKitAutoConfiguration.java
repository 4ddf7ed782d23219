package org.actsandbox.kit.spring;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Files;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
import org.actsandbox.kit.servlet.A402Filter;
import org.actsandbox.kit.servlet.ShopFilter;
import org.actsandbox.kit.shop.AgentShop;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Has a Spring Boot application with servlets sell: its {@link AgentShop}, if it has such a bean,
 * else its paid paths behind a gate, when {@code merchant-kit.price} is set. Each bean gives way to
 * one of the application's own.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@EnableConfigurationProperties(MerchantKitProperties.class)
public class MerchantKitAutoConfiguration {

  /** Only an application that sells needs settings, so they are read when they are asked for. */
  @Bean
  @Lazy
  @ConditionalOnMissingBean
  MerchantSettings merchantSettings(MerchantKitProperties properties) throws IOException {
    return Files.exists(properties.settings())
        ? MerchantSettings.read(properties.settings())
        : MerchantSettings.fromEnvironment();
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  DeliveryStore deliveryStore(MerchantKitProperties properties) throws IOException {
    var folder = properties.deliveries();
    return folder == null ? DeliveryStore.inMemory() : new FolderDeliveryStore(folder);
  }

  @Bean
  @ConditionalOnBean(AgentShop.class)
  @ConditionalOnMissingBean
  ShopFilter shopFilter(AgentShop shop) {
    return new ShopFilter(shop);
  }

  /** Puts a gate before the paid paths. The paid pages of a shop are the shop's. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(AgentShop.class)
  @ConditionalOnProperty("merchant-kit.price")
  static class PaidPaths {

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
}
